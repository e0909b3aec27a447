import * as z from 'zod';

/** How a field of the model stands in the XML, where it is not simply a child element with text. */
export type XmlRole =
  | { readonly place: 'attribute' }
  /** Text of the element that has attributes (simple content). */
  | { readonly place: 'content' }
  /** The `xsi:type` of an element whose declared type is abstract. */
  | { readonly place: 'type' }
  /** Names the message; it is the root element's own name. */
  | { readonly place: 'root' }
  /** A code: the element holds an unprefixed `code` (xoev-code 1.0). */
  | { readonly place: 'code'; readonly listUri: string }
  /** One whole element of another standard, kept as XML text. */
  | { readonly place: 'foreign'; readonly uri: string; readonly local: string };

const ROLES = z.registry<XmlRole>();

/** The schema with its role in the XML; give the role last, as a later check makes a new schema without it. */
export function inXml<Schema extends z.ZodType>(schema: Schema, role: XmlRole): Schema {
  ROLES.add(schema, role);
  return schema;
}

/** The role of a schema, `undefined` for a child element. */
export function roleOf(schema: z.ZodType): XmlRole | undefined {
  return ROLES.get(schema);
}
