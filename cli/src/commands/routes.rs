//! `docwright routes`: the endpoint table.

use std::io::{self, Write};
use std::mem;

use clap::{Args, ValueEnum};
use docwright::diagnostic::harmless;
use docwright::model::{Api, Operation, Route};
use serde::Serialize;

use super::{ProjectArguments, Result, outcome_of};
use crate::{progress, report, terminal};

/// Lists the documented routes: method, path, page and line, operation, scopes
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// How the list is written: `json` is one object a line
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Table,
    Json,
}

/// A route and one of the operations that it leads to.
#[derive(Serialize)]
struct Row<'a> {
    method: &'a str,
    path: String,
    file: &'a str,
    line: u32,
    operation: &'a str,
    scopes: Vec<&'a str>,
}

pub(super) fn run(arguments: Arguments) -> Result {
    let project = arguments.project.load(None)?;
    let reading = progress::shown(&project.progress, || project.read_leaking());
    let api = &reading.api;
    let rows: Vec<Row<'_>> = api
        .routes
        .iter()
        .flat_map(|route| rows_of(api, route))
        .collect();
    let mut out = terminal::stdout();
    match arguments.format {
        Format::Table => table(&mut out, &rows)?,
        Format::Json => rows
            .iter()
            .try_for_each(|row| report::json_line(&mut out, row))?,
    }
    out.flush()?;
    drop(out);

    let outcome = outcome_of(&reading.diagnostics);
    // The process ends here, and frees at once what to free bit by bit takes long.
    mem::forget(reading);
    outcome
}

fn rows_of<'a>(api: &'a Api, route: &'a Route) -> impl Iterator<Item = Row<'a>> {
    route.operations.iter().map(|&id| {
        let operation = api.operation(id);
        let own_page = operation.source.page;
        let on_own_page = route.sources.iter().find(|source| source.page == own_page);
        let source = on_own_page.unwrap_or(&operation.source);
        Row {
            method: &route.method,
            path: route.path.to_string(),
            file: &api.pages[source.page.0 as usize].path,
            line: source.line,
            operation: &operation.title,
            scopes: scopes(operation),
        }
    })
}

/// The scopes of all permissions in their order, each once.
fn scopes(operation: &Operation) -> Vec<&str> {
    let mut scopes: Vec<&str> = Vec::new();
    for scope in operation
        .permissions
        .iter()
        .flat_map(|permission| permission.scopes.iter())
    {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    scopes
}

/// Writes columns as wide as their widest cell.
fn table(out: &mut impl Write, rows: &[Row<'_>]) -> io::Result<()> {
    let heading = ["METHOD", "PATH", "PAGE", "OPERATION", "SCOPES"].map(str::to_owned);
    let cells = rows.iter().map(|row| {
        let place = format!("{}:{}", row.file, row.line);
        let scopes = row.scopes.join(", ");
        [row.method, &row.path, &place, row.operation, &scopes]
            .map(|cell| harmless(cell).into_owned())
    });
    let lines: Vec<[String; 5]> = std::iter::once(heading).chain(cells).collect();
    let mut widths = [0; 5];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = cell.chars().count().max(*width);
        }
    }
    for line in &lines {
        let padded = line
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        let text = padded.collect::<Vec<_>>().join("  ");
        writeln!(out, "{}", text.trim_end())?;
    }
    Ok(())
}
