/** Who may import whom: api, ui and lib know nothing above them; a feature knows no other feature; app knows all. */
module.exports = {
  forbidden: [
    {
      name: "foundation-knows-no-feature",
      severity: "error",
      from: { path: "^src/(api|ui|lib)/" },
      to: { path: "^src/(features|app)/" },
    },
    {
      name: "lib-knows-no-ui",
      severity: "error",
      from: { path: "^src/lib/" },
      to: { path: "^src/(ui|api)/" },
    },
    {
      name: "features-never-import-each-other",
      severity: "error",
      from: { path: "^src/features/([^/]+)/" },
      to: { path: "^src/features/", pathNot: "^src/features/$1/" },
    },
    {
      name: "features-know-no-app",
      severity: "error",
      from: { path: "^src/features/" },
      to: { path: "^src/app/" },
    },
    {
      name: "testing-stays-in-tests",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/testing/", "\\.test\\.tsx?$"] },
      to: { path: "^src/testing/" },
    },
    {
      name: "charts-stay-in-lazy-chunks",
      comment: "recharts is 100 KB: only the lazily loaded chart body may import it.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/ui/chart-body\\.tsx$" },
      to: { path: "node_modules/recharts" },
    },
    {
      name: "editors-stay-in-lazy-chunks",
      comment: "The text editor, the cropper and the map are heavy: only the parts that the kit loads lazily may import them.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/ui/(rich-text-body|crop-dialog|point-map|pin-map-body|pin-layer|tile-layer)\\.tsx?$" },
      to: { path: "node_modules/(@tiptap|prosemirror|react-easy-crop|leaflet)" },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-unresolved-imports",
      severity: "error",
      from: { path: "^src/" },
      // The address of a file, which Vite makes and TypeScript knows.
      to: { couldNotResolve: true, pathNot: "[.]wasm[?]url$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "module", "types", "default"] },
  },
}
