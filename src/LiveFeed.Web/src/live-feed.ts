import { LiveFeedElement } from './ticker/live-feed-element.js';

export { Lines } from './ticker/lines.js';

customElements.define('live-feed', LiveFeedElement);
