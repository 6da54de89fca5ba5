// How the methods of a service are entered into the table; for the files that list them.
#ifndef HEADWATER_REQUEST_METHOD_TABLE_H_
#define HEADWATER_REQUEST_METHOD_TABLE_H_

#include <cassert>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "database/database.h"
#include "google/protobuf/descriptor.h"
#include "request/import_messages.h"
#include "request/message_shape.h"
#include "request/methods.h"
#include "request/parse.h"

namespace headwater::request {

// Requests are parsed into plain messages. For a small one an arena gains nothing (some 0.1 us
// either way); for a batch of creates it would parse three times as fast, but the database takes
// its request by value and would copy it out again.
class MethodTable {
 public:
  // `database` must outlive the methods; it is not asked before one is called.
  explicit MethodTable(database::Database* database) : database_(database) {}

  // Enters a method without side effects, of the service in the file that Neighbour stands in.
  template <class Request, class Neighbour = Request>
  void Read(const std::string& name) {
    methods_.push_back(
        {.descriptor = Find<Request, Neighbour>(name),
         .read = [database = database_, shape = &ShapeOf<Request>()](
                     absl::string_view bytes, kv::Patience patience) -> database::Reply {
           Request request;
           HW_RETURN_IF_ERROR(Parse(bytes, *shape, &request));
           return database->Read<Request>(request, patience);
         }});
  }

  // Enters a method that makes a change.
  template <class Request>
  void Write(const std::string& name) {
    methods_.push_back({.descriptor = Find<Request>(name),
                        .write = [database = database_, shape = &ShapeOf<Request>()](
                                     absl::string_view bytes, const database::Caller& caller,
                                     database::Done done) {
                          Request request;
                          if (absl::Status parsed = Parse(bytes, *shape, &request); !parsed.ok()) {
                            return done(std::move(parsed));
                          }
                          database->Write<Request>(std::move(request), caller, std::move(done));
                        }});
  }

  // Enters an export: its pieces are the stream, one following the other's page_token.
  template <class Request>
  void Export(const std::string& name) {
    methods_.push_back(
        {.descriptor = Find<Request>(name),
         .stream = [database = database_, shape = &ShapeOf<Request>()](
                       absl::string_view bytes) -> absl::StatusOr<std::unique_ptr<Answers>> {
           Request request;
           HW_RETURN_IF_ERROR(Parse(bytes, *shape, &request));
           return std::make_unique<Pieces<Request>>(database, std::move(request));
         }});
  }

  // Enters an import, as a stream and as one step.
  template <class Request>
  void Import(const std::string& name) {
    methods_.push_back({.descriptor = Find<Request>(name),
                        .dialogue = [database = database_](const database::Caller& caller) {
                          return NewImportDialogue(database, caller);
                        }});
  }
  template <class Request>
  void ImportChunk(const std::string& name) {
    methods_.push_back(
        {.descriptor = Find<Request>(name),
         .write = [database = database_](absl::string_view bytes, const database::Caller& caller,
                                         database::Done done) {
           ImportOneChunk(database, bytes, caller, std::move(done));
         }});
  }

  std::vector<Method> Take() && { return std::move(methods_); }

 private:
  template <class Request>
  class Pieces final : public Answers {
   public:
    Pieces(database::Database* database, Request request)
        : database_(database), request_(std::move(request)) {}

    absl::StatusOr<std::optional<std::string>> Next() override {
      if (ended_) return std::nullopt;
      HW_ASSIGN_OR_RETURN(database::ExportPiece piece, database_->Export(request_));
      ended_ = piece.page_token.empty();
      request_.set_page_token(std::move(piece.page_token));
      return std::move(piece.response);
    }

   private:
    database::Database* const database_;
    Request request_;
    bool ended_ = false;
  };

  template <class Request>
  static const MessageShape& ShapeOf() {
    return MessageShape::Of(Request::descriptor());
  }

  template <class Request, class Neighbour = Request>
  static const google::protobuf::MethodDescriptor* Find(const std::string& name) {
    const google::protobuf::MethodDescriptor* const method =
        Neighbour::descriptor()->file()->service(0)->FindMethodByName(name);
    assert(method != nullptr && method->input_type() == Request::descriptor());
    return method;
  }

  database::Database* const database_;
  std::vector<Method> methods_;
};

// One for each service, in a file of its own.
void AddSourceService(MethodTable* methods);
void AddDocumentService(MethodTable* methods);
void AddClaimService(MethodTable* methods);
void AddAttributionService(MethodTable* methods);
void AddRelationService(MethodTable* methods);
void AddReviewService(MethodTable* methods);
void AddProvenanceService(MethodTable* methods);
void AddExchangeService(MethodTable* methods);

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_METHOD_TABLE_H_
