# The bot with its production dependencies alone, as a user without rights. docs/operations.md says how to run it.

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Without what no process reads: Node runs no TypeScript of a package's, the charts take the font's other form. Licences stay.
RUN npm ci --omit=dev --no-audit --no-fund && \
    find node_modules -type f \
      \( -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.map' -o -name '*.woff2' -o -iname '*.md' \) \
      ! -iname '*licen[cs]e*' ! -iname '*copying*' ! -iname '*notice*' -delete && \
    find node_modules -type d -empty -delete

FROM node:24-slim
ENV NODE_ENV=production \
    HTTP_PORT=8080 \
    STORE_URL=sqlite:///data/seedream.sqlite
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
RUN mkdir -p /data node_modules/.cache && mkdir -m 700 node_modules/.cache/seedream-bot && \
    chown node:node /data node_modules/.cache/seedream-bot
COPY package.json LICENSE ./
COPY src ./src
USER node
# Without settings the bot loads, says what it lacks and ends; the code compiled on the way is there at every start.
RUN node --initial-old-space-size=80 --max-semi-space-size=8 --import ./src/compile-cache.mjs src/index.ts 2>/dev/null; test -n "$(ls node_modules/.cache/seedream-bot)"
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# The bot itself is process 1 and hears it: it ends within 10 seconds, losing nothing.
STOPSIGNAL SIGTERM
# With the arguments of `npm start`.
CMD ["node", "--initial-old-space-size=80", "--max-semi-space-size=8", "--import", "./src/compile-cache.mjs", "src/index.ts"]
