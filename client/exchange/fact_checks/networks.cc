// Social networks and the unnamed, of row_builder.h.
#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "exchange/fit.h"
#include "exchange/ids.h"
#include "exchange/row_builder.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

// A network: its domain, other domains of it, and what people call it, folded.
struct Network {
  absl::string_view domain;
  std::vector<absl::string_view> others;
  std::vector<absl::string_view> names;
};

const std::vector<Network>& Networks() {
  static const std::vector<Network>* const networks = new std::vector<Network>{
      {"facebook.com", {"fb.com", "fb.watch"}, {"facebook", "facebook post", "fb"}},
      {"twitter.com", {"x.com"}, {"twitter", "x", "tweet"}},
      {"instagram.com", {}, {"instagram", "instagram post"}},
      {"youtube.com", {"youtu.be"}, {"youtube", "youtube video"}},
      {"tiktok.com", {}, {"tiktok", "tik tok"}},
      {"t.me", {"telegram.me", "telegram.org"}, {"telegram"}},
      {"whatsapp.com", {"wa.me"}, {"whatsapp", "whatsapp message"}},
      {"reddit.com", {}, {"reddit"}},
      {"vk.com", {}, {"vk", "vkontakte"}},
      {"weibo.com", {"weibo.cn"}, {"weibo"}},
      {"linkedin.com", {}, {"linkedin"}},
      {"threads.net", {}, {"threads"}},
      {"bsky.app", {}, {"bluesky"}},
      {"parler.com", {}, {"parler"}},
      {"gab.com", {}, {"gab"}},
      {"truthsocial.com", {}, {"truth social"}},
      {"4chan.org", {"4channel.org"}, {"4chan"}},
      {"pinterest.com", {}, {"pinterest"}},
      {"sharechat.com", {}, {"sharechat"}},
  };
  return *networks;
}

bool IsWithin(absl::string_view host, absl::string_view domain) {
  return host == domain || (absl::ConsumeSuffix(&host, domain) && absl::EndsWith(host, "."));
}

const Network* NetworkOf(absl::string_view uri) {
  const std::string host = DomainOf(uri);
  for (const Network& network : Networks()) {
    if (IsWithin(host, network.domain)) return &network;
    for (absl::string_view other : network.others) {
      if (IsWithin(host, other)) return &network;
    }
  }
  return nullptr;
}

// First segments of paths that are the network's own and no account.
bool IsOfNetwork(absl::string_view segment) {
  static constexpr absl::string_view kOwn[] = {
      "photo",       "photo.php", "photos",    "permalink.php", "groups",   "watch",
      "video.php",   "videos",    "story.php", "events",        "share",    "media",
      "hashtag",     "login",     "p",         "reel",          "reels",    "tv",
      "stories",     "explore",   "i",         "search",        "home",     "intent",
      "status",      "s",         "r",         "pages",         "pg",       "people",
      "profile.php", "l.php",     "shorts",    "embed",         "playlist", "live",
      "pin",         "posts",     "feed",      "wall",          "joinchat", "video"};
  return std::find(std::begin(kOwn), std::end(kOwn), segment) != std::end(kOwn) ||
         absl::EndsWith(segment, ".php");
}

// The account that a link names, in small letters; empty where it names none.
std::string AccountIn(absl::string_view uri, const Network& network) {
  std::string key = UriKey(uri);
  const size_t slash = key.find('/');
  if (slash == key.npos || DomainOf(uri) == "youtu.be" || DomainOf(uri) == "fb.watch") return "";
  absl::string_view path = absl::string_view(key).substr(slash + 1);
  path = path.substr(0, path.find_first_of("?#"));
  const std::vector<std::string> segments = absl::StrSplit(absl::AsciiStrToLower(path), '/');
  absl::string_view first = segments[0];
  if (network.domain == "youtube.com" && !absl::StartsWith(first, "@")) {
    const bool account = first == "channel" || first == "user" || first == "c";
    return account && segments.size() > 1 ? segments[1] : "";
  }
  if (network.domain == "reddit.com" || network.domain == "4chan.org") {
    return (first == "user" || first == "u") && segments.size() > 1 ? segments[1] : "";
  }
  if (network.domain == "linkedin.com") {
    return (first == "in" || first == "company") && segments.size() > 1 ? segments[1] : "";
  }
  absl::ConsumePrefix(&first, "@");
  if (first.empty() || IsOfNetwork(first)) return "";
  return std::string(first);
}

}  // namespace

bool IsSocialNetwork(absl::string_view uri) { return NetworkOf(uri) != nullptr; }

bool NamesAccount(absl::string_view uri) {
  const Network* network = NetworkOf(uri);
  return network != nullptr && !AccountIn(uri, *network).empty();
}

std::string NetworkOfName(absl::string_view name) {
  const std::string folded = TextKey(name);
  for (const Network& network : Networks()) {
    if (std::find(network.names.begin(), network.names.end(), folded) != network.names.end()) {
      return std::string(network.domain);
    }
  }
  return std::string();
}

std::string AddPublisherOf(RowBuilder* row, absl::string_view uri) {
  const std::string domain = DomainOf(uri);
  if (domain.empty()) return std::string();
  const Network* network = NetworkOf(uri);
  if (network == nullptr) {
    return AddSourceOfDomain(row, domain, "", v1::SOURCE_KIND_NEWS_OUTLET);
  }
  const std::string account = AccountIn(uri, *network);
  const std::string readable = absl::StrCat(network->domain, " ", account);
  std::string name =
      absl::StrCat("sources/", MakeId("source-account", {network->domain, account}, readable));
  v1::Source* source = row->NewSource(name);
  if (source == nullptr) return name;
  Fitter fitter(source, row->format());
  source->set_kind(v1::SOURCE_KIND_SOCIAL_ACCOUNT);
  source->set_display_name(
      account.empty() ? absl::StrCat("accounts on ", network->domain, " that are not on record")
                      : Shortened(absl::StrCat("@", account, " on ", network->domain), 500));
  return name;
}

bool IsCollective(absl::string_view name) {
  const std::string key = NameKey(name);
  static constexpr absl::string_view kAnywhere[] = {"redes sociales",  "redes sociais",
                                                    "reseaux sociaux", "soziale medien",
                                                    "sozialen medien", "sosyal medya",
                                                    "media sosial",    "multiple ",
                                                    "several ",        "various ",
                                                    "varias fuentes",  "varias fontes",
                                                    "varios usuarios", "sources multiples",
                                                    "multiples",       "diverses",
                                                    "facebook post",   "post no facebook",
                                                    "whatsapp",        "netizen",
                                                    "internautes",     "internautas",
                                                    "anonym",          "unknown",
                                                    "viral",           "सोशल मीडिया",
                                                    "वायरल",           "مواقع التواصل",
                                                    "boatos",          "bulos",
                                                    "chain message",   "online posts",
                                                    "websites"};
  for (absl::string_view words : kAnywhere) {
    if (absl::StrContains(key, words)) return true;
  }
  static constexpr absl::string_view kAtEnd[] = {" users",    " user",  "-nutzer",  " nutzer",
                                                 " usuarios", " posts", " sources", "social media"};
  for (absl::string_view words : kAtEnd) {
    if (absl::EndsWith(key, words)) return true;
  }
  return absl::StartsWith(key, "social media") || !NetworkOfName(name).empty();
}

}  // namespace headwater::exchange
