// Answers over loopback as ClickHouse's HTTP interface does, from the engine inside this process, so that the real driver meets the real
// engine. One session whatever id a request names. Prints its port when it is ready, and ends when its standard input does.
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { Session } from 'chdb';

const session = new Session();
let last = Promise.resolve();

async function answer(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  const parameters = new URL(request.url, 'http://localhost').searchParams;
  const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
  const sql = [parameters.get('query'), text].filter(Boolean).join('\n');
  const format = parameters.get('default_format') ?? 'TabSeparated';
  try {
    const result = await session.queryAsync(sql, { format });
    response.writeHead(200, { 'X-ClickHouse-Format': format, 'X-ClickHouse-Timezone': 'UTC' });
    response.end(result.bytes());
  } catch (fault) {
    const code = /Code: (\d+)/.exec(fault.message)?.[1];
    response.writeHead(500, code ? { 'X-ClickHouse-Exception-Code': code } : {});
    response.end(fault.message);
  }
}

const server = createServer((request, response) => {
  last = last.then(() => answer(request, response));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
