import { LiveFeedElement } from './ticker/live-feed-element.js';

export { Lines } from './ticker/lines.js';
export { SocketLine } from './ticker/socket-line.js';

customElements.define('live-feed', LiveFeedElement);
