#include "import_rows.h"

#include <algorithm>
#include <string>

namespace headwater::crash {
namespace {

constexpr int kOutlets = 40;

std::string Id(const char* prefix, int number) { return prefix + std::to_string(1000 + number); }

}  // namespace

std::vector<v1::Record> MakeRows(int claims, std::mt19937* random) {
  std::vector<v1::Record> rows;
  for (int i = 0; i < kOutlets; ++i) {
    v1::Source* source = rows.emplace_back().mutable_source();
    source->set_name("sources/" + Id("s", i));
    source->set_display_name(Id("s", i));
    source->set_kind(v1::SOURCE_KIND_NEWS_OUTLET);
    v1::Document* document = rows.emplace_back().mutable_document();
    document->set_name("documents/" + Id("d", i));
    document->set_title(Id("d", i));
    document->set_publisher(source->name());
  }
  for (int c = 0; c < claims; ++c) {
    v1::Claim* claim = rows.emplace_back().mutable_claim();
    claim->set_name("claims/" + Id("c", c));
    claim->set_text(c % 50 == 7 ? "" : "It is so.");  // some are wrong, and what is said of them
    claim->set_language("en");
    claim->set_nature(v1::CLAIM_NATURE_FACT);
    for (int a = 0; a < kCiters; ++a) {
      v1::Attribution* attribution = rows.emplace_back().mutable_attribution();
      const std::string of = "claims/" + Id("c", c) + "/attributions/";
      attribution->set_name(of + Id("a", a));
      attribution->set_source("sources/" + Id("s", (c + a) % kOutlets));
      attribution->set_document("documents/" + Id("d", (c + a) % kOutlets));
      attribution->set_stance(v1::STANCE_ASSERTS);
      attribution->add_cites()->set_attribution(of + Id("a", (a + 1) % kCiters));
    }
  }
  std::shuffle(rows.begin(), rows.end(), *random);
  return rows;
}

}  // namespace headwater::crash
