# The server and the command as an image; docs/guides/running-the-server.md says how it is run. Made of the sources and the lock file alone.

FROM node:26.10.0-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN npm ci
RUN node scripts/build.ts
# What runs, and no more: what was built, and the packages that it needs by the same lock file.
RUN mkdir /opt/assay && tar -cf - .npmrc LICENSE package.json package-lock.json packages/*/package.json packages/*/dist \
      packages/cli/bin packages/issuer/console packaging/healthcheck.mjs | tar -C /opt/assay -xf -
RUN cd /opt/assay && npm ci --omit=dev --omit=optional --workspace packages/cli
RUN mkdir --mode=0700 /data

FROM node:26.10.0-bookworm-slim
# Whoever breaks in finds no tool that brings further ones.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-*
COPY --from=build /opt/assay /opt/assay
RUN ln -s /opt/assay/packages/cli/bin/assay.js /usr/local/bin/assay
COPY --from=build --chown=1000:1000 /data /var/lib/assay
# The address inside the container. Without TLS or a proxy that is named, the server says so and does not start.
ENV ASSAY_DATA_FOLDER=/var/lib/assay \
    ASSAY_HOST=0.0.0.0 \
    ASSAY_ALLOW_REMOTE=true
# By number, so that a cluster can see that it is not root.
USER 1000:1000
VOLUME /var/lib/assay
EXPOSE 4455
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["node", "/opt/assay/packaging/healthcheck.mjs"]
ENTRYPOINT ["node", "/opt/assay/packages/cli/bin/assay.js"]
CMD ["serve"]
