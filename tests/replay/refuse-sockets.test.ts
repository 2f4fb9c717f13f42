import dgram from 'node:dgram';
import net from 'node:net';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { withoutSockets } from '../../src/replay/refuse-sockets.js';
import { startServer } from '../tools/model-server/start-server.js';

describe('withoutSockets', () => {
  it('refuses every socket while the work lasts, and none after it', async () => {
    const { url } = await startServer();
    await withoutSockets(async () => {
      await expect(fetch(url)).rejects.toThrow();
      await expect(request(url)).rejects.toThrow(/opens no socket/);
      expect(() => net.connect(new URL(url).port)).toThrow(/opens no socket/);
      expect(() => net.createServer().listen(0)).toThrow(/opens no socket/);
      expect(() => dgram.createSocket('udp4').send('x', 9, '127.0.0.1')).toThrow(/no socket/);
    });
    expect((await fetch(url)).status).toBeGreaterThan(0);
  });

  it('gives the sockets back where the work fails', async () => {
    const { url } = await startServer();
    const failing = withoutSockets(() => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect((await fetch(url)).status).toBeGreaterThan(0);
  });
});
