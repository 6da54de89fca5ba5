// Lists as C++ ranges, a page in memory at a time.
#ifndef HEADWATER_LISTING_H_
#define HEADWATER_LISTING_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "headwater/connection.h"

namespace headwater {

// Fetches one page after another of any List method. Not thread-safe.
class Pager {
 public:
  // `request` is copied. It may carry a page_token, to go on where another listing stopped.
  Pager(std::shared_ptr<Connection> connection, const google::protobuf::Message& request,
        CallOptions options = {});

  // Whether the last page has been fetched, or a page could not be.
  bool done() const { return done_; }

  // Fetches the next page into `*page`, of the method's response type. Must not be called once
  // done(). A page may be empty and not be the last.
  absl::Status Next(google::protobuf::Message* page);

 private:
  std::shared_ptr<Connection> connection_;
  std::unique_ptr<google::protobuf::Message> request_;
  CallOptions options_;
  bool done_ = false;
};

// What a List method returns: a range of absl::StatusOr<Item> that is read once, from front to
// back. A page is fetched when the one before it has been read. An error ends the range: it is the
// range's last element.
//
//   for (absl::StatusOr<v1::Claim>& claim : client.ListClaims(request)) {
//     if (!claim.ok()) return claim.status();
//     Use(*claim);
//   }
//
// An element is valid until the iterator moves on, and may be moved from. All pages show the state
// that the first one did. Not thread-safe; a Listing may outlive its Client.
template <class Item, class Page>
class Listing {
 public:
  using ItemsOf = google::protobuf::RepeatedPtrField<Item>* (Page::*)();

  Listing(std::shared_ptr<Connection> connection, const google::protobuf::Message& request,
          CallOptions options, ItemsOf items)
      : pager_(std::move(connection), request, std::move(options)), items_(items) {}

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = absl::StatusOr<Item>;
    using difference_type = std::ptrdiff_t;
    using pointer = value_type*;
    using reference = value_type&;

    reference operator*() const { return listing_->current_; }
    pointer operator->() const { return &listing_->current_; }
    Iterator& operator++() {
      listing_->Advance();
      return *this;
    }
    void operator++(int) { listing_->Advance(); }
    bool operator==(std::default_sentinel_t) const { return listing_->ended_; }

   private:
    friend class Listing;
    explicit Iterator(Listing* listing) : listing_(listing) {}
    Listing* listing_;
  };

  // Fetches the first page. To be called once.
  Iterator begin() {
    Advance();
    return Iterator(this);
  }
  std::default_sentinel_t end() const { return std::default_sentinel; }

  // The state that the pages show; 0 before the first page has come.
  int64_t read_sequence() const requires requires(const Page& page) { page.read_sequence(); }
  { return page_.read_sequence(); }

 private:
  void Advance() {
    while (next_ == (page_.*items_)()->size()) {
      if (pager_.done()) {
        ended_ = true;
        return;
      }
      next_ = 0;
      if (absl::Status status = pager_.Next(&page_); !status.ok()) {
        current_ = std::move(status);
        return;
      }
    }
    current_ = std::move(*(page_.*items_)()->Mutable(next_++));
  }

  Pager pager_;
  ItemsOf items_;
  Page page_;
  int next_ = 0;
  absl::StatusOr<Item> current_ = absl::UnknownError("the listing has not begun");
  bool ended_ = false;
};

}  // namespace headwater

#endif  // HEADWATER_LISTING_H_
