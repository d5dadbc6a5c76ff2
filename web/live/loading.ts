// Fetch the runtime's files, counting bytes, whatever the server does to them.

/** Called with the number of bytes that have just come. */
export type Count = (bytes: number) => void;

/** Fetch `url` and return its content, unpacked if it is a gzip file.
 *
 * Some servers send `x.gz` as it is, some declare it packed so that the
 * browser unpacks it: the first two bytes tell.
 */
export async function load(url: string, count: Count): Promise<Response> {
  const name = url.split("/").pop() ?? url;
  let response: Response;
  try {
    response = await fetch(url, { priority: "low" }); // what is seen comes first
  } catch {
    throw failed(name, "no connection. See whether you are connected");
  }
  if (!response.ok || !response.body)
    throw failed(name, `the server answered ${remedy(response.status)}`);
  return unpacked(counted(response.body, count, name), name);
}

/** Return a file's content, of its name and its bytes as they came. */
export async function unpacked(body: Bytes, name: string): Promise<Response> {
  const [first, rest] = await peek(body);
  if (first[0] === PAGE) throw failed(name, `a web page came in its place. ${RELOAD}`);
  const packed = first[0] === 0x1f && first[1] === 0x8b;
  const type = name.includes(".wasm") ? "application/wasm" : "";
  return new Response(
    packed ? rest.pipeThrough(new DecompressionStream("gzip")) : rest,
    { headers: { "content-type": type } },
  );
}

/** Return the name of a file once it is unpacked. */
export const unpackedName = (name: string) => name.replace(/\.gz$/, "");

const PAGE = "<".charCodeAt(0); // no file of the runtime begins like this
const RELOAD =
  "Reload this page, in case the site was renewed meanwhile; if that does " +
  "not help, whoever runs the site has to know";

const failed = (name: string, why: string) =>
  new Error(`${name} could not be loaded: ${why}`);

/** What can be done about a status of HTTP, with the number in front. */
function remedy(status: number): string {
  if (status >= 500 || status === 429)
    return `${status}. It is busy or broken; try again in a while`;
  if (status === 401 || status === 403)
    return `${status}. It refuses this file; you may have to sign in again`;
  return `${status}. ${RELOAD}`;
}

type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>;

/** Return the first bytes (two at least, if there are) and the whole. */
async function peek(stream: Bytes): Promise<[Uint8Array, Bytes]> {
  const reader = stream.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let first = new Uint8Array();
  while (first.length < 2) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    first = Uint8Array.from([...first, ...value.subarray(0, 2)]);
  }
  const whole: Bytes = new ReadableStream({
    async pull(controller) {
      const chunk = chunks.shift() ?? (await reader.read()).value;
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return [first, whole];
}

function counted(stream: Bytes, count: Count, name: string): Bytes {
  const reader = stream.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        count(value.length);
        controller.enqueue(value);
      } catch {
        controller.error(new Error(`${name} broke off while it was loaded`));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
