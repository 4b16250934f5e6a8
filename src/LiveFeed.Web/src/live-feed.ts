import { LiveFeedElement } from './ticker/live-feed-element.js';

customElements.define('live-feed', LiveFeedElement);
