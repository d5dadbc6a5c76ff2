// A stylesheet that is imported as text (esbuild's loader).
declare module "*.css" {
  const text: string;
  export default text;
}
