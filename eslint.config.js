import tseslint from "typescript-eslint";

// Three rules only: what Biome cannot yet see through types. Everything else is Biome's.
export default tseslint.config({
  files: ["src/**/*.ts", "workers/**/*.ts", "config/**/*.ts", "test/**/*.ts"],
  plugins: { "@typescript-eslint": tseslint.plugin },
  languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
  rules: {
    "@typescript-eslint/no-floating-promises": "error",
    "@typescript-eslint/no-misused-promises": "error",
    "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
  },
});
