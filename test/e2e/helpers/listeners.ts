import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Servers of the test on this computer, which no page may reach: what came to them is counted. */
export async function openListeners() {
  const counts = { connections: 0, packets: 0 };
  const server = createServer((_request, response) => response.end('reached'));
  server.on('connection', () => {
    counts.connections++;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = createSocket('udp4');
  socket.on('message', () => {
    counts.packets++;
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    counts,
    tcpPort: (server.address() as AddressInfo).port,
    udpPort: socket.address().port,
    close() {
      server.close();
      server.closeAllConnections();
      socket.close();
    },
  };
}
