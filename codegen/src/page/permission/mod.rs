//! Permissions: tables by kind of caller, tables by kind of resource, bullets and sentences.

mod caller;
pub(super) mod scope_list;

use super::context::Context;
use super::table::unwritten::is_unwritten;
use crate::diagnostic::Code;
use crate::markdown::{Cell, Document, Inline, InlineKind, Inlines, Row, Table, plain};
use crate::nearness::nearest;
use crate::source::Span;
use crate::text::{lower, trimmed};
use crate::vocabulary::{PermissionKind, Scopes};
use scope_list::{is_list_of_scopes, scopes};

/// Scopes as one row, bullet or sentence names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeSet {
    /// The kind of owner or resource that they are for.
    pub subject: Option<String>,
    /// The kind of caller that they are for.
    pub kind: PermissionKind,
    /// The scopes from the least privileged to the most; empty where callers of this kind are not
    /// supported.
    pub scopes: Scopes,
    /// The place of the row, bullet or sentence.
    pub span: Span,
}

impl ScopeSet {
    /// Scopes of which nothing says whom they are for; nothing where there are none.
    fn unspecified(scopes: Scopes, span: Span) -> Option<Self> {
        (!scopes.is_empty()).then_some(Self {
            subject: None,
            kind: PermissionKind::Unspecified,
            scopes,
            span,
        })
    }
}

/// Whether a table is one of permissions: its header says so, or names kinds of callers.
pub fn is_table(document: &Document<'_>, table: &Table) -> bool {
    let mut cells = document.cells(&table.header).iter().enumerate();
    cells.any(|(column, cell)| {
        let title = document.plain(&cell.inlines);
        let title = lower(&title);
        title.contains("permission") || {
            let kind = caller::named(&title);
            kind != PermissionKind::Unspecified
                || match column {
                    0 => heads_callers(&title),
                    _ => caller::slip(&title, kind).is_some(),
                }
        }
    })
}

/// Whether a table has a cell with nothing but scopes in it.
pub fn lists_scopes(document: &Document<'_>, table: &Table) -> bool {
    let cells = table.rows.iter().flat_map(|row| document.cells(row));
    let mut texts = cells.map(|cell| document.plain(&cell.inlines));
    texts.any(|text| is_list_of_scopes(&text))
}

/// Whether a table says what scopes are called elsewhere: all of its rows begin with scopes and one goes on with some, and
/// its columns are neither headed as those of permissions nor all of them as kinds of callers.
pub fn renames_scopes(document: &Document<'_>, table: &Table) -> bool {
    let is_scopes = |cell: &Cell| is_list_of_scopes(&document.plain(&cell.inlines));
    let begins = |row: &Row| document.cells(row).first().is_some_and(is_scopes);
    let goes_on = |row: &Row| document.cells(row).iter().skip(1).any(is_scopes);
    let rows = &table.rows;
    let is_about_scopes = !rows.is_empty() && rows.iter().all(begins) && rows.iter().any(goes_on);
    is_about_scopes && {
        let titles = document.titles(table);
        let is_of_permissions = |title: &String| title.contains("permission");
        let is_of_callers = |title: &String| caller::named(title) != PermissionKind::Unspecified;
        let others = &titles[1..];
        !others.iter().any(is_of_permissions) && !others.iter().all(is_of_callers)
    }
}

/// Reads a table of permissions below a heading.
pub fn read_table(
    cx: &mut Context<'_>,
    document: &Document<'_>,
    table: &Table,
    heading: &str,
) -> Vec<ScopeSet> {
    let titles = document.titles(table);
    let by_caller = begins_with_callers(cx, document, table, &titles);
    let reversed = titles
        .iter()
        .any(|title| title.contains("from most to least"));
    // Where the first column is that of a kind of caller, too, the rows are about nothing of their own.
    let is_of_caller = |title: &String| caller::named(title) != PermissionKind::Unspecified;
    let before = usize::from(!titles.first().is_some_and(is_of_caller));
    let columns = match by_caller {
        true => Vec::new(),
        false => callers_of_columns(cx, document, table, &titles, before),
    };
    let mut sets: Vec<ScopeSet> = Vec::with_capacity(table.rows.len());
    let mut unread = Vec::new();
    // The last row that is not set in, and its kind of caller.
    let mut above = None;
    for row in &table.rows {
        let subject = set_in(document, row).filter(|_| by_caller);
        if let (Some(_), Some((head, _))) = (&subject, above) {
            // Without scopes of its own, it only heads those below it.
            sets.pop_if(|set| set.span == head && set.scopes.is_empty());
            unread.pop_if(|span| *span == head);
        }
        let earlier = sets.len();
        match (subject, above) {
            (Some(subject), Some((_, kind))) => {
                read_scopes(document, row, &titles, kind, &mut sets);
                let own = sets[earlier..].iter_mut();
                own.for_each(|set| set.subject = Some(subject.clone()));
            }
            _ if by_caller => {
                let kind = known_caller(cx, document, row);
                read_scopes(document, row, &titles, kind, &mut sets);
                above = Some((row.span, kind));
            }
            _ => read_resource_row(document, row, &columns, before, &mut sets),
        }
        if sets.len() == earlier {
            unread.push(row.span);
        }
    }
    // Kinds of callers may stand beside something else than permissions.
    let announced = titles.iter().skip(usize::from(by_caller));
    let announced = announced.filter(|title| title.contains("permission"));
    if announced.count() == 0 && sets.is_empty() {
        cx.accounting.table_rows.aside += table.rows.len() as u32;
        return Vec::new();
    }
    cx.accounting.table_rows.used += (table.rows.len() - unread.len()) as u32;
    cx.accounting.table_rows.reported += unread.len() as u32;
    for row in unread {
        if is_unwritten(cx.slice(row)) {
            let message = "the permissions of this kind of caller are not documented yet";
            cx.report(Code::NotDocumented, row, message);
            continue;
        }
        let message = "the row names no scope and does not say that there is none";
        cx.report(Code::PermissionUnread, row, message);
    }
    if reversed {
        for set in &mut sets {
            set.scopes = set.scopes.alternatives().rev().collect();
        }
    }
    let subject = subject_of_section(heading);
    for set in sets.iter_mut().filter(|set| set.subject.is_none()) {
        set.subject.clone_from(&subject);
    }
    sets
}

/// Whether each row of a table begins with a kind of caller: its first column is headed so, or but for a slip, or all
/// rows do. It is reported where the column is not headed so.
fn begins_with_callers(
    cx: &mut Context<'_>,
    document: &Document<'_>,
    table: &Table,
    titles: &[String],
) -> bool {
    let header = document.cells(&table.header);
    let (Some(cell), [title, others @ ..]) = (header.first(), titles) else {
        return false;
    };
    let is_so = heads_callers(title) || all_begin_with_callers(document, table, others);
    if is_so && !title.contains(CALLER_COLUMN) {
        let written = document.plain(&cell.inlines);
        let message = format!("the column `{written}` is read as *Permission type*");
        let help = "write `Permission type`";
        cx.report_with_help(Code::TableColumns, cell.span, message, help);
    }
    is_so
}

/// The title of the column of kinds of callers.
const CALLER_COLUMN: &str = "permission type";

/// Whether a title in lower case is that of the column of kinds of callers, perhaps with a slip in it.
fn heads_callers(title: &str) -> bool {
    title.contains(CALLER_COLUMN) || nearest(title, [CALLER_COLUMN]).is_some()
}

/// Whether all rows of a table begin with kinds of callers, delegated ones among them, and its other columns are for
/// none: `application` alone may also be what a row is about.
fn all_begin_with_callers(document: &Document<'_>, table: &Table, others: &[String]) -> bool {
    let names_caller = |title: &String| caller::named(title) != PermissionKind::Unspecified;
    let rows = table.rows.iter();
    let kinds = rows.map(|row| match document.cells(row).first() {
        Some(cell) if is_list_of_scopes(&document.plain(&cell.inlines)) => {
            PermissionKind::Unspecified
        }
        _ => first_caller(document, row),
    });
    let kinds: Vec<_> = kinds.collect();
    kinds.contains(&PermissionKind::DelegatedWork)
        && !kinds.contains(&PermissionKind::Unspecified)
        && !others.iter().any(names_caller)
}

/// The kind of caller that a row begins with.
fn first_caller(document: &Document<'_>, row: &Row) -> PermissionKind {
    let first = document.cells(row).first();
    first.map_or(PermissionKind::Unspecified, |cell| {
        caller::named(&lower(&document.plain(&cell.inlines)))
    })
}

/// The kind of caller that a row begins with, which is reported where it is none, or has a slip in it.
fn known_caller(cx: &mut Context<'_>, document: &Document<'_>, row: &Row) -> PermissionKind {
    let Some(cell) = document.cells(row).first() else {
        return PermissionKind::Unspecified;
    };
    let text = document.plain(&cell.inlines);
    let kind = caller::meant(cx, &text, cell.span);
    if kind == PermissionKind::Unspecified && !trimmed(&text).is_empty() {
        caller::report_none(cx, &text, cell.span, "begin the row");
    }
    kind
}

/// The kind of caller that each column of a matrix is for, behind those `before` them; `None` for one that is for readers, as it
/// names no kind beside others that do, and lists no scopes. Slips are reported, and scopes that are for no kind.
fn callers_of_columns(
    cx: &mut Context<'_>,
    document: &Document<'_>,
    table: &Table,
    titles: &[String],
    before: usize,
) -> Vec<Option<PermissionKind>> {
    let header = document.cells(&table.header).iter().skip(before);
    let header = header.map(|cell| (cell.span, document.plain(&cell.inlines)));
    let header: Vec<_> = header.collect();
    let kinds = header
        .iter()
        .map(|(span, title)| caller::meant(cx, title, *span));
    let kinds: Vec<_> = kinds.collect();
    let is_none = |kind: &PermissionKind| *kind == PermissionKind::Unspecified;
    let names_callers = !kinds.iter().all(is_none);
    let columns = header.iter().zip(kinds).zip(before..);
    let columns = columns.map(|(((span, title), kind), column)| {
        if !names_callers || !is_none(&kind) || titles[column].contains("permission") {
            return Some(kind);
        }
        let mut rows = table.rows.iter();
        let has_scopes = rows.any(|row| {
            let cell = document.cells(row).get(column);
            cell.is_some_and(|cell| is_list_of_scopes(&document.plain(&cell.inlines)))
        });
        has_scopes.then(|| {
            caller::report_none(cx, title, *span, "head the column");
            kind
        })
    });
    columns.collect()
}

/// What a row is about that is set in, and so belongs to the kind of caller above it:
/// `&nbsp; **Wards** | Ward.Read`.
fn set_in(document: &Document<'_>, row: &Row) -> Option<String> {
    let first = document.cells(row).first()?;
    let written = trimmed(document.slice(first.span));
    let is_set_in = written.starts_with("&nbsp;") || written.starts_with('\u{a0}');
    (is_set_in && first_caller(document, row) == PermissionKind::Unspecified)
        .then(|| document.plain(&first.inlines).trim().to_owned())
}

/// The scopes of a kind of caller: `Delegated (work or school account) | User.Read, …`. Further columns
/// are for further kinds of resource, or for scopes of higher privilege.
fn read_scopes(
    document: &Document<'_>,
    row: &Row,
    titles: &[String],
    kind: PermissionKind,
    sets: &mut Vec<ScopeSet>,
) {
    let cells = document.cells(row).iter().zip(titles).skip(1);
    let many = titles.len() > 2;
    let are_ranks = many && titles[1..].iter().all(|title| title.contains("privileged"));
    let begin = sets.len();
    for (cell, title) in cells {
        // What one cell has of a subject is one set already.
        let earlier = sets.len();
        for mut set in read_cell(document, &cell.inlines, kind, row.span) {
            let mut lower = sets[begin..earlier].iter_mut();
            let same = |lower: &&mut ScopeSet| are_ranks && lower.subject == set.subject;
            if let Some(lower) = lower.find(same) {
                lower.scopes.extend(set.scopes.alternatives());
                continue;
            }
            // A column of permissions beside one of what they are called is about no subject.
            let has_subject = many && !are_ranks && !title.starts_with("permission");
            if has_subject && set.subject.is_none() {
                set.subject = Some(title.clone());
            }
            sets.push(set);
        }
    }
}

/// A row of a kind of resource, with a column for each kind of caller behind what is `before` them.
fn read_resource_row(
    document: &Document<'_>,
    row: &Row,
    columns: &[Option<PermissionKind>],
    before: usize,
    sets: &mut Vec<ScopeSet>,
) {
    let Some((first, cells)) = document.cells(row).split_at_checked(before) else {
        return;
    };
    let subject = first.first();
    let subject = subject.map(|cell| document.plain(&cell.inlines).into_owned());
    let cells = cells.iter().zip(columns);
    let cells = cells.filter_map(|(cell, &kind)| Some((cell, kind?)));
    let found = cells.flat_map(|(cell, kind)| read_cell(document, &cell.inlines, kind, row.span));
    sets.extend(found.map(|set| ScopeSet {
        subject: subject.clone(),
        ..set
    }));
}

/// What the heading of a section says that its permissions are for: `acting on self` in
/// *Permissions acting on self*, `channel` in *Permissions for channel*.
fn subject_of_section(title: &str) -> Option<String> {
    let mut words = title.split_whitespace().peekable();
    words.next_if(|word| word.eq_ignore_ascii_case("permissions"));
    let first = words.peek()?.to_ascii_lowercase();
    if first == "for" {
        words.next();
    } else if first != "acting" {
        return None;
    }
    let subject: Vec<_> = words.collect();
    Some(subject.join(" "))
}

/// A cell: scopes, perhaps in several lines of which some name the kind of resource that the next
/// ones are for; or words that say that there is none.
fn read_cell(
    document: &Document<'_>,
    run: &Inlines,
    kind: PermissionKind,
    span: Span,
) -> Vec<ScopeSet> {
    let mut sets: Vec<ScopeSet> = Vec::new();
    let mut subject = None;
    for line in document
        .inlines(run)
        .split(|inline| matches!(inline.kind, InlineKind::Break))
    {
        let text = plain(line);
        if let Some(title) = text.strip_suffix(':') {
            subject = Some(emphasised(line).unwrap_or_else(|| title.to_owned()));
            continue;
        }
        let scopes = scopes(&text);
        let blank = text.is_empty() && !document.plain(run).is_empty();
        if blank || scopes.is_empty() && !says_none(&text) {
            continue;
        }
        match sets.last_mut() {
            Some(set) if set.subject == subject => set.scopes.extend(scopes.alternatives()),
            _ => sets.push(ScopeSet {
                subject: subject.clone(),
                kind,
                scopes,
                span,
            }),
        }
    }
    sets
}

/// Reads a bullet: `Photo of a **contact** - *Contacts.Read; Contacts.ReadWrite*`.
pub fn read_bullet(document: &Document<'_>, run: &Inlines, span: Span) -> Option<ScopeSet> {
    let text = document.plain(run);
    let separators = [" - ", " – ", ": "];
    let split = separators
        .iter()
        .find_map(|separator| text.split_once(separator));
    let (before, after) = split.unwrap_or(("", &text));
    let set = ScopeSet::unspecified(scopes(after), span)?;
    let subject =
        emphasised(document.inlines(run)).filter(|subject| before.contains(subject.as_str()));
    let subject = subject.or_else(|| (!before.is_empty()).then(|| before.trim().to_owned()));
    Some(ScopeSet { subject, ..set })
}

/// Reads a line of a block of nothing but scopes: `* Contacts.Read`, indented so far that Markdown takes it for
/// code.
pub fn read_line(line: &str, span: Span) -> Option<ScopeSet> {
    ScopeSet::unspecified(scopes(line), span)
}

/// Reads a sentence that names scopes in italics, bold or code.
pub fn read_sentence(document: &Document<'_>, run: &Inlines, span: Span) -> Option<ScopeSet> {
    let mut found = Scopes::default();
    let mut depth = 0_u32;
    for inline in document.inlines(run) {
        let text = match &inline.kind {
            InlineKind::EmphasisStart => {
                depth += 1;
                continue;
            }
            InlineKind::EmphasisEnd => {
                depth = depth.saturating_sub(1);
                continue;
            }
            InlineKind::Code(text) => text,
            InlineKind::Text(text) if depth > 0 => text,
            _ => continue,
        };
        for scope in scopes(text).iter() {
            if !found.contains(scope) {
                found.push(scope);
            }
        }
    }
    ScopeSet::unspecified(found, span)
}

/// The first bold or italic words.
fn emphasised(inlines: &[Inline<'_>]) -> Option<String> {
    let start = inlines
        .iter()
        .position(|inline| matches!(inline.kind, InlineKind::EmphasisStart))?;
    let rest = &inlines[start + 1..];
    let end = rest
        .iter()
        .position(|inline| matches!(inline.kind, InlineKind::EmphasisEnd))?;
    let text = plain(&rest[..end]);
    let text = text.trim_end_matches(':');
    (!text.is_empty()).then(|| text.to_owned())
}

/// Whether a text says that callers of a kind are not supported, or need no scope.
fn says_none(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.').to_ascii_lowercase();
    let text = text.trim_matches('*').trim();
    matches!(
        text,
        "none" | "n/a" | "na" | "not supported" | "not applicable" | "not available" | "-" | ""
    ) || text.starts_with("not supported")
        || text.starts_with("not applicable")
}
