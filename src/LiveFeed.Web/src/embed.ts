import { WidgetElement } from './embed/widget-element.js';

const script = document.currentScript as HTMLScriptElement | null;
WidgetElement.server = new URL(script?.src ?? document.baseURI).origin;
// The page may have the line twice, or be one of LiveFeed's own.
if (!customElements.get('live-feed')) customElements.define('live-feed', WidgetElement);
