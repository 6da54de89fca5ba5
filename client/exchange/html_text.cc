#include "exchange/html_text.h"

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace headwater::exchange {
namespace {

constexpr size_t kMost = size_t{1} << 20;

// Whether a tag or comment of HTML begins at `at`, where a "<" stands. `last_end` is where the
// text's last ">" is: looking for one behind each "<" would take all the rest of it each time.
bool BeginsTag(absl::string_view text, size_t at, size_t last_end) {
  if (absl::StartsWith(text.substr(at), "<!--")) return true;
  size_t begin = at + 1;
  if (begin < text.size() && text[begin] == '/') ++begin;
  size_t end = begin;
  while (end < text.size() && absl::ascii_isalnum(text[end])) ++end;
  if (end == begin || last_end == text.npos || last_end < end) return false;
  const std::string name = absl::AsciiStrToLower(text.substr(begin, end - begin));
  return htmlTagLookup(reinterpret_cast<const xmlChar*>(name.c_str())) != nullptr;
}

// With every "<" that begins no tag escaped, so that the parser lets it stand.
std::string WithTagsAlone(absl::string_view text) {
  std::string escaped;
  const size_t last_end = text.rfind('>');
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<' && !BeginsTag(text, i, last_end)) {
      escaped.append("&lt;");
    } else if (text[i] != '\0') {
      escaped.push_back(text[i]);
    }
  }
  return escaped;
}

bool BreaksLine(const xmlNode& node) {
  const absl::string_view name(reinterpret_cast<const char*>(node.name));
  for (absl::string_view block : {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6",
                                  "ul", "ol", "blockquote", "table"}) {
    if (name == block) return true;
  }
  return false;
}

bool IsUnseen(const xmlNode& node) {
  const absl::string_view name(reinterpret_cast<const char*>(node.name));
  return name == "script" || name == "style";
}

void BreakLine(std::string* text) {
  if (!text->empty() && text->back() != '\n') text->push_back('\n');
}

// Walks without recursion: whoever wrote the text says how deep it is.
std::string TextUnder(const xmlNode* root) {
  std::string text;
  const xmlNode* node = root;
  while (node != nullptr) {
    const bool element = node->type == XML_ELEMENT_NODE;
    if (node->type == XML_TEXT_NODE && node->content != nullptr) {
      text.append(reinterpret_cast<const char*>(node->content));
    }
    if (element && BreaksLine(*node)) BreakLine(&text);
    if (element && node->children != nullptr && !IsUnseen(*node)) {
      node = node->children;
      continue;
    }
    while (node != root && node->next == nullptr) {
      node = node->parent;
      if (node->type == XML_ELEMENT_NODE && BreaksLine(*node)) BreakLine(&text);
    }
    if (node == root) break;
    node = node->next;
  }
  return text;
}

std::string Parsed(absl::string_view html) {
  const std::string prepared = "<html><body>" + WithTagsAlone(html) + "</body></html>";
  const std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> document(
      htmlReadMemory(
          prepared.data(), static_cast<int>(prepared.size()), nullptr, "UTF-8",
          HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET),
      xmlFreeDoc);
  if (document == nullptr) return std::string(html);
  const xmlNode* root = xmlDocGetRootElement(document.get());
  return root == nullptr ? std::string(html)
                         : std::string(absl::StripAsciiWhitespace(TextUnder(root)));
}

bool HasEntity(absl::string_view text) {
  for (size_t i = text.find('&'); i != text.npos; i = text.find('&', i + 1)) {
    const absl::string_view near = text.substr(i + 1, 11);
    const size_t end = near.find(';');
    if (end != near.npos && end > 1 && near.substr(0, end).find_first_of(" &<>\n") == near.npos) {
      return true;
    }
  }
  return false;
}

bool HasTag(absl::string_view text) {
  const size_t last_end = text.rfind('>');
  for (size_t i = text.find('<'); i != text.npos; i = text.find('<', i + 1)) {
    if (BeginsTag(text, i, last_end)) return true;
  }
  return false;
}

}  // namespace

std::string HtmlToText(absl::string_view html) {
  std::string text(html);
  if (html.size() > kMost) return text;
  // Twice: what was escaped for HTML has often been escaped again for the page's script.
  for (int round = 0; round < 2 && (HasEntity(text) || HasTag(text)); ++round) text = Parsed(text);
  return text;
}

}  // namespace headwater::exchange
