# One image for web, worker and the one-off commands. Built in two steps, so that no compiler or pip cache stays.
# Where supply must be fixed, put the digest behind both names: python:3.12-slim-bookworm@sha256:...
FROM python:3.12-slim-bookworm AS build
WORKDIR /app
# run, or all for sign-in by a provider and briefs in S3.
ARG LOCK=run
COPY requirements/${LOCK}.txt lock.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r lock.txt

FROM python:3.12-slim-bookworm
# Pango draws the PDF; Noto holds what Inter does not (Chinese, Japanese, Korean, Arabic, emoji).
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin hiring \
    && install -d -o hiring -g hiring -m 0700 /data
COPY --from=build /venv /venv
WORKDIR /app
COPY manage.py pyproject.toml ./
COPY hiring hiring
COPY rolematcher rolematcher
COPY templates templates
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HIRING_MODE=production DATA_DIR=/data
# The key and the host serve this one step and are in no layer.
RUN python -m compileall -q hiring rolematcher \
    && DATA_DIR=/tmp/build ALLOWED_HOSTS=build.invalid DATABASE_URL=sqlite:////tmp/build/none.sqlite3 \
       SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
       python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build
USER 10001:10001
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config", "hiring/gunicorn.py", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "hiring.wsgi"]
