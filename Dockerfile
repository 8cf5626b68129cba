# The portal's image for production: web, worker and beat are the same one with another command.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-common \
    # pg_dump and pg_restore of the server's version, which Debian does not have.
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install -y --no-install-recommends postgresql-client-18 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 cxc \
    && install -d -o cxc -g cxc /var/lib/cxc /var/lib/cxc/files /var/lib/cxc/backups

WORKDIR /srv/portal
COPY requirements/production.txt requirements/production.txt
RUN pip install --require-hashes --no-deps -r requirements/production.txt
# Only what .dockerignore names.
COPY . .

ENV CXC_ENV=production CXC_VAR_DIR=/var/lib/cxc CXC_STATIC_DIR=/srv/static
# Collecting needs no server and no secret; the settings only ask that something fitting is there.
RUN CXC_SECRET_KEY=$(python -c 'import secrets; print(secrets.token_hex(32))') CXC_ALLOWED_HOSTS=build CXC_SITE_ADDRESS=https://build CXC_EMAIL_HOST=build \
    CXC_SEAL_KEY_FILE=build CXC_SEAL_CERTIFICATE_FILE=build DATABASE_URL=postgresql://build REDIS_URL=redis://build \
    python manage.py collectstatic --noinput --verbosity 0

ARG CXC_COMMIT
ENV CXC_COMMIT=$CXC_COMMIT
USER cxc
EXPOSE 8000
CMD ["gunicorn", "cxc.wsgi:application", "--config", "python:cxc.gunicorn_settings", "--bind", "0.0.0.0:8000"]
