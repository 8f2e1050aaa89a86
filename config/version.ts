/** Equals package.json, which a built server cannot rely on finding (a test compares). */
export const version = "0.1.0";
