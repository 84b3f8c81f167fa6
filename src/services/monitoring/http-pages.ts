/** What `HTTP_PORT` opens: pages for those who operate the bot. None of them shows a secret or a member. */
import { fastify } from 'fastify';
import type { MetricsPage } from './metrics-page.ts';
import type { Log } from '../log.ts';
import type { Readiness } from './readiness.ts';

/** All interfaces: in a container the health check and the scraper come from outside of it. */
const HOST = '0.0.0.0';

/** Longest that a client may take to send its request (milliseconds). */
const REQUEST_WITHIN = 5000;

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
  const server = fastify({ requestTimeout: REQUEST_WITHIN });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    void reply.header('cache-control', 'no-store');
    done();
  });
  server.setErrorHandler((error, _request, reply) => {
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
  await server.listen({ port, host: HOST });
}
