/** Remembers what a pure function made of an object, for as long as that object is there. Nobody changes either. */
export const perObject = <Of extends object, Made>(make: (of: Of) => Made): ((of: Of) => Made) => {
  const made = new WeakMap<Of, { value: Made }>();
  return (of) => {
    const found = made.get(of) ?? { value: make(of) };
    made.set(of, found);
    return found.value;
  };
};
