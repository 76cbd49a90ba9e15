# Cadrage in a container: slim, three stages, exact packages with their hashes, no root, nothing
# written outside /data. Runs with a read-only root file system.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
WORKDIR /build
RUN python -m venv /opt/cadrage
COPY requirements.txt ./
RUN /opt/cadrage/bin/pip install --require-hashes -r requirements.txt
# The builder of the wheel is not among the packages that run, so it stays in this stage.
COPY pyproject.toml README.md LICENSE ./
COPY flows flows
COPY storage storage
COPY sandbox sandbox
COPY bot bot
RUN pip wheel --no-deps --wheel-dir /wheels . \
 && /opt/cadrage/bin/pip install --no-deps /wheels/cadrage-*.whl \
 && /opt/cadrage/bin/python -m compileall -q /opt/cadrage/lib

FROM python:3.11-slim-bookworm AS pages
# Pango lays out the pages of documents (PDF).
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/*

FROM pages
LABEL org.opencontainers.image.title="Cadrage" \
      org.opencontainers.image.description="A Slack bot that facilitates the scoping of CRM projects" \
      org.opencontainers.image.licenses="Apache-2.0"
# /data holds the SQLite file and nothing else; with PostgreSQL it stays empty.
RUN groupadd --gid 10001 cadrage \
 && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin cadrage \
 && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /opt/cadrage /opt/cadrage
ENV PATH=/opt/cadrage/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/cadrage.db \
    CADRAGE_HOST=0.0.0.0 CADRAGE_PORT=3000
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 3000
# SIGTERM: stop taking, finish what runs within 10 seconds, release leases.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['CADRAGE_PORT'] + '/live', timeout=2)"]
ENTRYPOINT ["cadrage"]
CMD ["run"]
