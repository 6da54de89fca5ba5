#include "headwater/listing.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

namespace headwater {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

Pager::Pager(std::shared_ptr<Connection> connection, const Message& request, CallOptions options)
    : connection_(std::move(connection)), request_(request.New()), options_(std::move(options)) {
  request_->CopyFrom(request);
}

absl::Status Pager::Next(Message* page) {
  const FieldDescriptor* token = request_->GetDescriptor()->FindFieldByName("page_token");
  const FieldDescriptor* next = page->GetDescriptor()->FindFieldByName("next_page_token");
  if (token == nullptr || next == nullptr) {
    done_ = true;
    return absl::InvalidArgumentError(
        absl::StrCat(request_->GetDescriptor()->full_name(), " does not ask for pages"));
  }
  absl::Status status = connection_->Call(*request_, page, options_);
  std::string next_token;
  if (status.ok()) next_token = page->GetReflection()->GetString(*page, next);
  done_ = next_token.empty();
  request_->GetReflection()->SetString(request_.get(), token, std::move(next_token));
  return status;
}

}  // namespace headwater
