import type { Api } from '../../spike/host/api.ts';

/** What the host has sent to all connections since it started, by its own metrics. */
export interface Traffic {
  bytes: number;
  rows: number;
}

export async function trafficOf(api: Api): Promise<Traffic> {
  const lines = (await api.metrics()).split('\n');
  const total = (metric: string) =>
    lines
      .filter((line) => line.startsWith(`spacetime_websocket_${metric}_sum{`))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  return { bytes: total('sent_msg_size_bytes'), rows: total('sent_num_rows') };
}
