"""The same records for programs: read-only JSON under `/api/v1`.

`shapes` are the records as they are sent, `records` the addresses, `app` what holds for all of them:
pages by cursor, ETags from the state of the file, errors as problem details (RFC 9457).
"""
