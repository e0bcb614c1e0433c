"""Nothing in, exit status out: does the web server of this machine answer? For a container's health check."""

import os
import sys
from http.client import HTTPConnection, HTTPException

HOST = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()


def main() -> int:
    """Ask /livez under a name the site answers to; 0 when it does."""
    try:
        connection = HTTPConnection("127.0.0.1", int(os.environ.get("WEB_HEALTH_PORT", "8000")), timeout=4)
        connection.request("GET", "/livez", headers={"Host": HOST})
        return 0 if connection.getresponse().status == 200 else 1
    except (HTTPException, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
