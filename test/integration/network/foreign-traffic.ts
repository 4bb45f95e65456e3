const calls = /^\d+\s+(?:<\.\.\. )?(connect|sendto|sendmsg|sendmmsg|bind|getsockname)\b(.*)$/;
const ipv4 = /sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)/g;
const ipv6 = /sa_family=AF_INET6, sin6_port=htons\((\d+)\).*?inet_pton\(AF_INET6, "([^"]+)"/g;
const unix = /sa_family=AF_UNIX, sun_path=@?"([^"]*)"/g;

interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads an strace of network calls: what was addressed, unless it is a loopback port that the traced programs
 * themselves serve. A look-up is a datagram to port 53, so it shows as one.
 */
export function findForeignTraffic(trace: string): { foreign: string[]; connections: number } {
  const lines = trace.split('\n').flatMap((line) => {
    const match = calls.exec(line);
    return match ? [{ line, call: match[1]!, rest: match[2]! }] : [];
  });
  const own = new Set(
    lines
      .filter(({ call }) => call === 'bind' || call === 'getsockname')
      .flatMap(({ rest }) => addresses(rest))
      .filter(({ host }) => isLoopback(host))
      .map(({ port }) => port),
  );
  const foreign: string[] = [];
  let connections = 0;
  for (const { line, call, rest } of lines) {
    if (call === 'bind' || call === 'getsockname') continue;
    for (const { host, port } of addresses(rest)) {
      if (isLoopback(host) && port !== 0 && own.has(port)) connections++;
      else foreign.push(line);
    }
    for (const [, path] of rest.matchAll(unix)) if (!isNameService(path!, rest)) foreign.push(line);
  }
  return { foreign, connections };
}

function addresses(text: string): Address[] {
  return [...text.matchAll(ipv4), ...text.matchAll(ipv6)].map(([, port, host]) => ({
    host: host!,
    port: Number(port),
  }));
}

function isLoopback(host: string): boolean {
  return host === '127.0.0.1' || host === '::1' || host === '::ffff:127.0.0.1';
}

/**
 * The C library asks the name service cache for the user's home folder, too, so an attempt that finds no such
 * service is no look-up: a real one goes on to port 53, where it is seen.
 */
function isNameService(path: string, rest: string): boolean {
  return path === '/var/run/nscd/socket' && rest.includes('ENOENT');
}
