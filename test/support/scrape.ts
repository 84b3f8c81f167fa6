/** Reads a page of Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */

export interface Scrape {
  text: string;
  /** The value of a series, named with its labels in any order; `undefined` where there is none. */
  value(series: string): number | undefined;
  /** The names of the metrics, with those that have no series yet. */
  names(): string[];
  /** Every value of every label. */
  labelValues(): string[];
}

/** A series with its labels in one order. */
function keyOf(series: string): string {
  const [name = '', labels = ''] = series.replace(/}$/, '').split('{');
  return `${name}{${(labels.match(/\w+="[^"]*"/g) ?? []).sort().join(',')}}`;
}

export async function scrape(url: string): Promise<Scrape> {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const values = new Map(
    lines.map((line) => {
      const [, series = '', value = ''] = /^(.*) (\S+)$/.exec(line) ?? [];
      return [keyOf(series), Number(value)];
    }),
  );
  return {
    text,
    value: (series) => values.get(keyOf(series)),
    names: () => [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name),
    labelValues: () => lines.flatMap((line) => [...line.matchAll(/="([^"]*)"/g)].map(([, value = '']) => value)),
  };
}
