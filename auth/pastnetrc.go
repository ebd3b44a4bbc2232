package auth

import "bbgit/auth/realgit"

var pastNetrc []realgit.Setting
