// What the reader's own pages add to the element; each comfort is loaded when it is needed.
export {};
