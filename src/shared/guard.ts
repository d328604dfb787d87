/** Says whether a value from outside has a type. */
export type Guard<T> = (value: unknown) => value is T;

export const isString: Guard<string> = (value): value is string => typeof value === 'string';
export const isBoolean: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';
export const isFiniteNumber: Guard<number> = (value): value is number => Number.isFinite(value);
/** A whole number from 0, small enough to count with. */
export const isCount: Guard<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

export function isOneOf<const T extends readonly (string | number)[]>(values: T): Guard<T[number]> {
  return (value): value is T[number] => values.some((item) => item === value);
}

export function isOptional<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || guard(value);
}

export function isArrayOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every((item) => guard(item));
}

/** Every property of `T` is named, so a property added to the type and forgotten here does not compile. */
type Shape<T> = { readonly [K in keyof T]-?: Guard<T[K]> };

/** An object with these properties; others are let pass, so that a newer side can add some. */
export function isObject<T extends object>(shape: Shape<T>): Guard<T> {
  const checks = Object.entries<Guard<unknown>>(shape as Record<string, Guard<unknown>>);
  return (value): value is T => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const object = value as Record<string, unknown>;
    return checks.every(([name, guard]) => guard(object[name]));
  };
}

/** A union told apart by one property: each of its values has its own shape. */
export function isUnion<K extends string, T extends Readonly<Record<K, string>>>(
  tag: K,
  shapes: { readonly [V in T[K]]: Shape<Omit<Extract<T, Readonly<Record<K, V>>>, K>> },
): Guard<T> {
  const guards = new Map<unknown, Guard<object>>(
    Object.entries<Shape<object>>(shapes as Record<string, Shape<object>>).map(([name, shape]) => [
      name,
      isObject(shape),
    ]),
  );
  return (value): value is T => {
    if (typeof value !== 'object' || value === null) return false;
    return guards.get((value as Record<string, unknown>)[tag])?.(value) ?? false;
  };
}
