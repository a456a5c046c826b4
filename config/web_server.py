"""gunicorn's settings: `gunicorn -c python:config.web_server config.wsgi`."""

import os
from pathlib import Path

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Loaded once and then forked: starts sooner, and the workers share the code's memory.
preload_app = True
timeout = 120
graceful_timeout = 15
keepalive = 5
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
# Its heartbeat files must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - memory, and gunicorn's own file
control_socket_disable = True
