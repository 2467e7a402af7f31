/** Returns a sum that differs where two texts do. It keeps nobody out: a small one is enough (FNV-1a, 32 bits). */
export const smallSum = (text: string): string => {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return (sum >>> 0).toString(36);
};
