// What stands around the pieces of the theme's script when they are joined: see `Theme::script`.

/** The messages `script-…` of the page's language, without that prefix. */
declare const words: Record<string, string>;
