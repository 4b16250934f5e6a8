import { parentPort } from 'node:worker_threads';
import { Newsroom } from './newsroom.js';

/** A thread that publishes twenty items a second, and tells how long they took when it is asked. */
const [address = '', key = ''] = process.argv.slice(2);
const newsroom = new Newsroom(new URL(address), key, 'measured');
await newsroom.open();
newsroom.start(50);
parentPort?.on('message', () => parentPort?.postMessage(newsroom.times()));
