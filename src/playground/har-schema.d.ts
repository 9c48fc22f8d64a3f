declare module 'har-schema' {
  /** The JSON schemas of HAR 1.2 by name, e.g. `log`. */
  const schemas: Readonly<Record<string, object>>;
  export default schemas;
}
