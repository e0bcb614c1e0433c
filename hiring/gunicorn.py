"""How gunicorn serves the web application: `gunicorn --config hiring/gunicorn.py hiring.wsgi`.

No access log here: addresses may hold the secret of a share link. The product's own log names the page,
not the address.
"""

import gc
import os

from rolematcher.web.logs import lines_as_json

worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "2"))
timeout = 30
graceful_timeout = 20
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
# Loaded once and forked, so the workers share the memory of the code.
preload_app = True
limit_request_line = 4094
limit_request_fields = 60
accesslog = None
control_socket_disable = True
# Who asked, and by which scheme, `rolematcher.web.proxies` settles, by the addresses the operator trusts.
forwarded_allow_ips = ""
logconfig_dict = lines_as_json("INFO")


def when_ready(_server: object) -> None:
    """What is loaded stays: the garbage collector need not look at it, not even when a process ends."""
    gc.freeze()
