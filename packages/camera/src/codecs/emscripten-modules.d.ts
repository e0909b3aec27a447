// What these two packages export; they bring no types of their own. Which module a factory gives stands in modules.ts.

declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs' {
  const factory: <M>(options: object) => Promise<M>;
  export = factory;
}

declare module '@cornerstonejs/codec-openjpeg/wasmjs' {
  const factory: <M>(options: object) => Promise<M>;
  export = factory;
}
