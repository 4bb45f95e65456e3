import { createServer, type RequestListener } from 'node:http';
import { AppError } from '../../shared/errors.ts';

export interface Listener {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** The one listening door: a server that only this computer can reach. @throws AppError `app.usage` when the port is taken */
export async function listenOnLoopback(handler: RequestListener, port = 0): Promise<Listener> {
  const server = createServer({ requestTimeout: 60_000, maxHeaderSize: 16_384 }, handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new AppError(
              'app.usage',
              `Port ${port} is used by another program. Choose another one, or leave it out.`,
              { cause: error },
            )
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${actual}`,
    port: actual,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
