/* bcryptprimitives.dll, as far as Go's runtime needs it. */
#include <windows.h>

/* RtlGenRandom, by the name under which advapi32 has it. */
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL ProcessPrng(PBYTE buffer, SIZE_T length)
{
	return SystemFunction036(buffer, (ULONG)length);
}
