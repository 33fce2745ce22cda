//! The stages of reading, on pages that are made for it: pages to a model, and each stage alone.

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use docwright::source::{PageId, SourceFile};
use docwright::{markdown, page};

/// A page of an operation, and one of the resource that it gives.
fn pages(number: usize) -> [SourceFile; 2] {
    let operation = format!(
        "---\ntitle: \"Get thing{number}\"\n---\n\n# Get thing{number}\nNamespace: sample\n\n\
         Read the properties of a [thing{number}](../resources/thing{number}.md).\n\n\
         ## Permissions\n\n|Permission type|Permissions|\n|:--|:--|\n\
         |Delegated (work or school account)|Thing.Read, Thing.ReadWrite|\n\
         |Application|Not supported.|\n\n\
         ## HTTP request\n\n<!-- {{ \"blockType\": \"ignored\" }} -->\n```http\n\
         GET /groups/{{group-id}}/things{number}/{{thing-id}}\nGET /me/things{number}/{{id}}\n```\n\n\
         ## Optional query parameters\nThis method supports `$select` and `$expand`.\n\n\
         ## Request headers\n\n|Name|Description|\n|:--|:--|\n\
         |Authorization|Bearer {{token}}. Required.|\n\n\
         ## Request body\nDo not supply a request body for this method.\n\n\
         ## Response\nIf successful, this method returns a `200 OK` response code and a \
         [thing{number}](../resources/thing{number}.md) object in the response body.\n\n\
         ## Examples\n\n### Request\n<!-- {{ \"blockType\": \"request\", \"name\": \"get_{number}\" }} -->\n\
         ```http\nGET https://api.example.com/v1.0/me/things{number}/42\n```\n\n### Response\n\
         <!-- {{ \"blockType\": \"response\", \"truncated\": true, \"@odata.type\": \"sample.thing{number}\" }} -->\n\
         ```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n\
         {{\n  \"id\": \"42\",\n  \"name\": \"one of many\",\n  \"sizes\": [1, 2, 3]\n}}\n```\n"
    );
    let mut resource = format!(
        "# thing{number} resource type\nNamespace: sample\n\nA thing.\n\n\
         ## Properties\n|Property|Type|Description|\n|:--|:--|:--|\n"
    );
    let mut shown = String::new();
    for property in 0..20 {
        let row = "The value of the property. *Read-only*, see [the guide](guide.md).";
        // Writing to a string cannot fail.
        let _ = writeln!(resource, "|property{property}|String|{row}|");
        let _ = write!(shown, ",\n  \"property{property}\": \"String\"");
    }
    let _ = write!(
        resource,
        "\n## JSON representation\n<!-- {{ \"blockType\": \"resource\", \
         \"@odata.type\": \"sample.thing{number}\" }} -->\n```json\n\
         {{\n  \"@odata.type\": \"#sample.thing{number}\"{shown}\n}}\n```\n"
    );
    [
        SourceFile::new(format!("docs/api/thing{number}-get.md"), operation),
        SourceFile::new(format!("docs/resources/thing{number}.md"), resource),
    ]
}

fn reading(criterion: &mut Criterion) {
    let files: Vec<SourceFile> = (0..100).flat_map(pages).collect();
    let size: usize = files.iter().map(|file| file.text.len()).sum();
    let mut group = criterion.benchmark_group("reading");
    group.throughput(Throughput::Bytes(size as u64));
    group.bench_function("markdown", |bencher| {
        bencher.iter(|| {
            for file in &files {
                black_box(markdown::parse(&file.text, 0));
            }
        });
    });
    group.bench_function("pages", |bencher| {
        bencher.iter(|| {
            for (index, file) in files.iter().enumerate() {
                black_box(page::read(file, PageId(index as u32)));
            }
        });
    });
    group.bench_function("model", |bencher| {
        bencher.iter(|| docwright::read_files(files.clone(), Vec::new()));
    });
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
