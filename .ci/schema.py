#!/usr/bin/env python3
"""Checks lists of parts (CycloneDX 1.6, JSON) against the schema that CycloneDX publishes.

usage: schema.py FOLDER-OF-SCHEMAS FILE...
"""
import json
import pathlib
import sys

import jsonschema

folder, *files = map(pathlib.Path, sys.argv[1:])
schemas = [json.loads(path.read_text()) for path in folder.glob("*.schema*.json")]
store = {schema["$id"]: schema for schema in schemas}
schema = store["http://cyclonedx.org/schema/bom-1.6.schema.json"]
resolver = jsonschema.RefResolver.from_schema(schema, store=store)
check = jsonschema.Draft7Validator(schema, resolver=resolver, format_checker=jsonschema.FormatChecker())
wrong = [f"{file}: {error.json_path}: {error.message}" for file in files for error in check.iter_errors(json.loads(file.read_text()))]
print("\n".join(wrong) or f"{len(files)} lists of parts are as CycloneDX wants them")
sys.exit(bool(wrong) or not files)
