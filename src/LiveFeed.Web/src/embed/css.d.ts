/** A style sheet as text, minified when the client is built. */
declare module '*.css' {
  const css: string;
  export default css;
}
