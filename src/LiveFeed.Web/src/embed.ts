import { WidgetElement } from './embed/widget-element.js';

const script = document.currentScript as HTMLScriptElement | null;
// With the partner's key in its address, which goes with all that is asked.
WidgetElement.server = new URL(script?.src ?? document.baseURI);
// The page may have the line twice, or be one of LiveFeed's own.
if (!customElements.get('live-feed')) customElements.define('live-feed', WidgetElement);
