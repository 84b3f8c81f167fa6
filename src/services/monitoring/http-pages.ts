/** What `HTTP_PORT` opens: pages for those who operate the bot. None of them shows a secret or a member. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { fastify, type FastifyError } from 'fastify';
import type { MetricsPage } from './metrics-page.ts';
import type { Log } from '../log.ts';
import type { Readiness } from './readiness.ts';

/** Longest that a client may take to send its request (milliseconds), and how often that is looked at. */
const REQUEST_WITHIN = 5000;
const LOOKED_AT_EVERY = 500;

/**
 * Opens the pages: `/healthz` says 200 as long as the process works, `/readyz` 200 or 503 with the reasons, `/metrics`
 * the metrics in Prometheus' text format.
 *
 * @throws Error with a `code` such as `EADDRINUSE` when the port cannot be had.
 */
export async function openHttpPages({
  port,
  readiness,
  metricsPage,
  log,
}: {
  port: number;
  readiness: Readiness;
  metricsPage: MetricsPage;
  log: Log;
}): Promise<void> {
  const server = fastify({
    requestTimeout: REQUEST_WITHIN,
    http: {
      requestTimeout: REQUEST_WITHIN,
      headersTimeout: REQUEST_WITHIN,
      connectionsCheckingInterval: LOOKED_AT_EVERY,
    },
  });
  // No page takes a body. It is read to its end and forgotten: an answer in the middle of it would not arrive.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, body, done) => {
    body.once('end', () => {
      done(null);
    });
    body.once('error', done);
    body.resume();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    void reply.header('cache-control', 'no-store');
    done();
  });
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const { statusCode = 500 } = error;
    // The sender's mistake.
    if (statusCode < 500) return reply.code(statusCode).send({ status: 'refused' });
    log.error({ err: error }, 'a page of HTTP_PORT failed');
    return reply.code(500).send({ status: 'failed' });
  });
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const reasons = await readiness();
    return reasons.length === 0 ? { status: 'ready' } : reply.code(503).send({ status: 'not ready', reasons });
  });
  server.get('/metrics', async (_request, reply) => {
    return reply.header('content-type', metricsPage.contentType).send(await metricsPage.text());
  });
  await server.ready();
  await listen(server.server, port);
}

/**
 * Listens on all interfaces: in a container the health check and the scraper come from outside of it. Without a host Node
 * takes IPv6 with IPv4, and on a machine without IPv6 the latter alone.
 */
async function listen(server: Server, port: number): Promise<void> {
  const listening = once(server, 'listening');
  server.listen(port);
  await listening;
}
