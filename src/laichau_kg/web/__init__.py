"""The record on the web: linked data for programs, pages for people.

The rooms of this package, lowest first: `negotiate` and `wording` know no
record; `service` holds it; `rendering` makes HTML; `respond` speaks HTTP; the
rooms above them, and the modules of `pages`, each offer ``routes(service)``;
`app` collects these.

Needs the extra `serve`.
"""

from laichau_kg.web.app import address_at, create_app, listen, serve
from laichau_kg.web.pool import Limits
from laichau_kg.web.service import Service, open_service

__all__ = ["Limits", "Service", "address_at", "create_app", "listen", "open_service", "serve"]
