/** Under this name the device keeps the reader's choice to hear breaking news at once. */
export const ASSERTIVE = 'live-feed:assertive';
