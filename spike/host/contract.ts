import { z } from 'zod';

/** Everything that a client may rely on: public tables, reducers, and the types in them. Each line reads like Rust. */
export interface Contract {
  tables: Record<string, string[]>;
  reducers: Record<string, string[]>;
  types: Record<string, string[]>;
  /** The row filters: which rows a subscriber receives. */
  filters: string[];
}

type Type = Record<string, unknown>;
const Type: z.ZodType<Type> = z.record(z.string(), z.unknown());
const Name = z.object({ some: z.string() });
const Element = z.object({ name: z.union([Name, z.object({ none: z.array(z.never()) })]), algebraic_type: Type });
const Product = z.object({ elements: z.array(Element) });
const Sum = z.object({ variants: z.array(z.object({ name: Name, algebraic_type: Type })) });

/** The parts of a host's answer to `/schema?version=9` that the contract needs. */
const Schema = z.object({
  typespace: z.object({ types: z.array(Type) }),
  types: z.array(z.object({ name: z.object({ name: z.string() }), ty: z.number() })),
  tables: z.array(
    z.object({ name: z.string(), product_type_ref: z.number(), table_access: z.record(z.string(), z.unknown()) }),
  ),
  reducers: z.array(z.object({ name: z.string(), params: Product, lifecycle: z.record(z.string(), z.unknown()) })),
  row_level_security: z.array(z.object({ sql: z.string() })),
});

/**
 * Reads the contract out of a host's schema.
 * @throws Error when the answer has another shape
 */
export function contractOf(answer: unknown): Contract {
  const schema = Schema.parse(answer);
  const names = new Map(schema.types.map(({ name, ty }) => [ty, name.name]));
  const fields = (product: unknown) =>
    Product.parse(product).elements.map(
      ({ name, algebraic_type }, index) => `${'some' in name ? name.some : index}: ${spelled(algebraic_type, names)}`,
    );
  const shape = (ref: number) => schema.typespace.types[ref] ?? {};
  const open = schema.tables.filter(({ table_access }) => 'Public' in table_access);
  const rows = new Set(schema.tables.map(({ product_type_ref }) => product_type_ref));
  const own = schema.types.filter(({ ty }) => !rows.has(ty));
  return {
    tables: sorted(open.map(({ name, product_type_ref }) => [name, fields(shape(product_type_ref)['Product'])])),
    reducers: sorted(
      schema.reducers.filter(({ lifecycle }) => 'none' in lifecycle).map(({ name, params }) => [name, fields(params)]),
    ),
    types: sorted(
      own.map(({ name, ty }) => {
        const { Sum: sum, Product: product } = shape(ty);
        return [name.name, sum ? variants(sum, names) : fields(product)];
      }),
    ),
    filters: schema.row_level_security.map(({ sql }) => sql).sort(),
  };
}

function variants(sum: unknown, names: Map<number, string>): string[] {
  return Sum.parse(sum).variants.map(({ name, algebraic_type }) => {
    const held = spelled(algebraic_type, names);
    return held === '()' ? name.some : `${name.some}(${held})`;
  });
}

/** A type as Rust spells it. */
function spelled(type: Type, names: Map<number, string>): string {
  const [[kind, held] = ['', undefined]] = Object.entries(type);
  if (kind === 'Ref') return names.get(Number(held)) ?? `Ref ${String(held)}`;
  if (kind === 'Array') return `Vec<${spelled(Type.parse(held), names)}>`;
  if (kind === 'Sum')
    return variants(held, names)
      .join(' | ')
      .replace(/^some\((.*)\) \| none$/, 'Option<$1>');
  if (kind !== 'Product') return kind;
  const [element] = Product.parse(held).elements;
  if (!element) return '()';
  return ('some' in element.name && SPECIAL[element.name.some]) || 'a product without a name';
}

/** The host spells its own types as products of one field. */
const SPECIAL: Record<string, string> = {
  __identity__: 'Identity',
  __connection_id__: 'ConnectionId',
  __timestamp_micros_since_unix_epoch__: 'Timestamp',
  __time_duration_micros__: 'TimeDuration',
};

function sorted<T>(entries: [string, T][]): Record<string, T> {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
