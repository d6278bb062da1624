# The service in a container: compose.yaml starts it, docs/running.md tells how. It takes nothing but this repository and npm.
FROM node:24.21.0-bookworm-slim AS page
WORKDIR /opt/darkroom
COPY package.json package-lock.json .npmrc ./
COPY aio-plugin aio-plugin
COPY scripts/exec scripts/exec
COPY scripts/no-polyfills scripts/no-polyfills
COPY scripts/node scripts/node
COPY page/package.json page/
COPY page/spectrum-icons page/spectrum-icons
RUN npm ci --ignore-scripts
COPY page page
COPY src src
# The page as browsers get it, so that what puts it together need not be there.
RUN node --input-type=module --eval \
  "const { openBundle } = await import('./src/doors/page/serving/kept-bundle.ts'); await openBundle()"

FROM node:24.21.0-bookworm-slim
# Packages of Debian that make more conversions possible, such as "ffmpeg ghostscript"; npm run doctor tells which.
ARG PROGRAMS=""
RUN if [ -n "$PROGRAMS" ]; then \
    apt-get update && apt-get install --yes --no-install-recommends $PROGRAMS && rm -rf /var/lib/apt/lists/*; \
  fi
WORKDIR /opt/darkroom
COPY package.json package-lock.json .npmrc ./
COPY scripts/no-polyfills scripts/no-polyfills
COPY scripts/node scripts/node
COPY scripts/lean.cjs scripts/
RUN npm ci --ignore-scripts --omit=dev --workspaces=false && node scripts/lean.cjs && npm cache clean --force
COPY LICENSE manifest.yml ./
COPY actions actions
COPY bin bin
COPY page page
COPY samples samples
COPY src src
COPY --from=page --chown=node /opt/darkroom/node_modules/.cache node_modules/.cache
# Shows that it works, and leaves compiled code for the user that it is of, who cannot change it later.
RUN setpriv --reuid=node --regid=node --clear-groups \
    node src/cli/process.ts samples/harbour.jpg --out /tmp/renditions \
  && rm -rf /tmp/* && chown -R root:root node_modules/.cache
RUN install --directory --owner=node --group=node --mode=700 /var/lib/darkroom
# Settings that Docker should not show may be mounted there, as a file.
RUN ln -s /run/darkroom/.env .env
USER node
ENV DARKROOM_HOME=/var/lib/darkroom
VOLUME /var/lib/darkroom
EXPOSE 9443
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["node", "src/cli/healthy.ts"]
CMD ["node", "src/cli/start.ts"]
