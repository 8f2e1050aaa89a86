import type { Options } from "../../domain/post.ts";
import { decodeEntities } from "../../markup/entities.ts";
import type { Choice } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { json, requestEntity, requestList, type WordPressCall } from "./api.ts";

interface Category {
  readonly id: number;
  readonly slug: string;
  /** With entities. */
  readonly name: string;
}

const pageSize = 100; // the most WordPress gives
const maxPages = 10;

/** The site's categories, for a person to choose from. */
export async function choices(_option: string, _given: Options, call: WordPressCall): Promise<Choice[]> {
  const categories = await allCategories(call);
  return categories.map(({ id, name }) => ({ value: String(id), label: decodeEntities(name) }));
}

/**
 * Ids of the categories the author named, by id or by name; a category is never made silently.
 * @throws PublishError `invalid` for one the site does not have, or has twice
 */
export async function categoryIds(wanted: readonly string[], call: WordPressCall): Promise<number[]> {
  if (wanted.length === 0) return [];
  const categories = await allCategories(call);
  return wanted.map((name) => categoryId(name.trim(), categories));
}

/** Ids of the tags of these names; those that are missing are made, as WordPress's own editor does. */
export async function tagIds(names: readonly string[], call: WordPressCall): Promise<number[]> {
  const ids: number[] = [];
  for (const name of names) ids.push(await tagId(name.trim(), call));
  return [...new Set(ids)];
}

function categoryId(wanted: string, categories: readonly Category[]): number {
  const byId = categories.find(({ id }) => String(id) === wanted);
  if (byId) return byId.id;
  const same = (name: string) => decodeEntities(name).toLowerCase() === wanted.toLowerCase();
  const [category, another] = categories.filter(({ name, slug }) => same(name) || same(slug));
  const shown = `“${wanted.slice(0, 100)}”`;
  if (!category)
    throw new PublishError(
      "invalid",
      `This WordPress site has no category ${shown}. Choose one it has, or make it there first`,
      { code: "category_unknown" },
    );
  if (another)
    throw new PublishError(
      "invalid",
      `This WordPress site has more than one category ${shown}. Give the number of the one you mean`,
      { code: "category_ambiguous" },
    );
  return category.id;
}

/** https://developer.wordpress.org/rest-api/reference/categories/#list-categorys (checked 2026-11) */
async function allCategories(call: WordPressCall): Promise<Category[]> {
  const categories: Category[] = [];
  for (let page = 1; page <= maxPages; page++) {
    const path = `/categories?per_page=${pageSize}&page=${page}&_fields=id,slug,name`;
    const list = await requestList<Category>(call, path);
    categories.push(...list);
    if (list.length < pageSize) break;
  }
  return categories;
}

/** https://developer.wordpress.org/rest-api/reference/tags/#create-a-tag (checked 2026-11) */
async function tagId(name: string, call: WordPressCall): Promise<number> {
  try {
    return (await requestEntity<{ readonly id: number }>(call, "/tags", json({ name }))).id;
  } catch (error) {
    if (!(error instanceof PublishError && error.detail.code === "term_exists")) throw error;
    return Number(error.detail.handle);
  }
}
