#include "bare.h"

#include <rocksdb/db.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include "dataset.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "records/edge.h"
#include "records/index_row.h"

namespace headwater::bench {
namespace {

using kv::Keyspace;

template <class Status>
void Require(const Status& status, const char* what) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s: %s\n", what, status.ToString().c_str());
  std::abort();
}

absl::string_view View(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

std::string AllTerm() { return keys::Term(keys::Index::kAll, keys::NoValue()); }

}  // namespace

BareServer::BareServer(grpc::Service* service) {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.RegisterService(service);
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  server_ = builder.BuildAndStart();
  address_ = "127.0.0.1:" + std::to_string(port);
}

void Echo::SetAnswerBytes(size_t bytes) {
  answer_.Clear();
  while (answer_.ByteSizeLong() < bytes) {
    answer_.mutable_text()->append(bytes - answer_.ByteSizeLong() > 8 ? 4 : 1, 'x');
  }
}

std::string Echo::Request(size_t bytes) {
  v1::GetClaimRequest request;
  while (request.ByteSizeLong() < bytes) request.mutable_name()->push_back('x');
  return request.SerializeAsString();
}

grpc::ServerUnaryReactor* Echo::GetClaim(grpc::CallbackServerContext* context,
                                         const v1::GetClaimRequest*, v1::Claim* response) {
  *response = answer_;
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

BareStore::BareStore(const std::string& directory) {
  const kv::RocksDbOptions options{.directory = directory, .block_cache_bytes = uint64_t{2} << 30};
  auto instance =
      kv::RocksDbInstance::Open(options, kv::MakeResources(options, rocksdb::Env::Default()));
  if (!instance.ok()) Require(instance.status(), "cannot open the copy");
  instance_ = *std::move(instance);
}

std::string BareStore::Get(Keyspace keyspace, const std::string& key) const {
  std::string value;
  Require(instance_->db().Get(rocksdb::ReadOptions(), instance_->column(keyspace), key, &value),
          "cannot get a row");
  return value;
}

std::string BareStore::Latest(const keys::Name& name) const {
  static const std::string& term = *new std::string(AllTerm());
  const auto row = records::ParseLive(Get(Keyspace::kIndexes, keys::LiveKey(term, name.Key())));
  return Get(Keyspace::kLog, keys::LogKey(row->head));
}

void BareStore::GetClaim(const keys::Name& claim) const { Latest(claim); }

void BareStore::ListAttributions(const keys::Name& claim) const {
  const std::string begin =
      keys::LivePrefix(AllTerm(), keys::NameKeyPrefix(keys::Kind::kAttribution, claim.id));
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  std::vector<std::string> keys;
  {
    const std::unique_ptr<rocksdb::Iterator> rows(
        instance_->db().NewIterator(options, instance_->column(Keyspace::kIndexes)));
    for (rows->Seek(begin); rows->Valid() && keys.size() < kListedRows; rows->Next()) {
      keys.push_back(keys::LogKey(records::ParseLive(View(rows->value()))->head));
    }
  }
  const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  instance_->db().MultiGet(options, instance_->column(Keyspace::kLog), keys.size(), slices.data(),
                           values.data(), statuses.data());
  for (const rocksdb::Status& status : statuses) Require(status, "cannot get an entry");
}

void BareStore::TraceClaim(const keys::Name& claim) const {
  Latest(claim);
  const std::string begin = keys::EdgePrefix(claim.id);
  const std::string end = keys::PrefixEnd(begin);
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const std::unique_ptr<rocksdb::Iterator> rows(
      instance_->db().NewIterator(options, instance_->column(Keyspace::kEdges)));
  for (rows->Seek(begin); rows->Valid() && rows->key().compare(end) < 0; rows->Next()) {
    const auto edge = records::ParseEdge(View(rows->key()), View(rows->value()));
    Latest(edge->source);
    Latest(edge->document);
  }
}

void BareStore::Create(const RecordedWrite& recorded, absl::Span<const keys::Name> names) {
  rocksdb::WriteBatch batch;
  std::string key;
  for (const keys::Name& name : names) {
    ++sequence_;
    for (const RecordedWrite::Row& row : recorded.rows) {
      recorded.KeyFor(row, name, sequence_, &key);
      Require(batch.Put(instance_->column(row.keyspace), key, row.value), "cannot add a row");
    }
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  Require(instance_->db().Write(options, &batch), "cannot write");
}

GroupCommitter::GroupCommitter(BareStore* store, const RecordedWrite* recorded)
    : store_(store), recorded_(recorded), thread_([this] { Run(); }) {}

GroupCommitter::~GroupCommitter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

grpc::ServerUnaryReactor* GroupCommitter::CreateAttribution(
    grpc::CallbackServerContext* context, const v1::CreateAttributionRequest* request,
    v1::Attribution* response) {
  keys::Name name{keys::Kind::kAttribution, request->parent().substr(sizeof("claims/") - 1),
                  request->attribution_id()};
  *response = request->attribution();
  response->set_name(name.Text());
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({std::move(name), reactor});
  }
  changed_.notify_one();
  return reactor;
}

void GroupCommitter::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const std::vector<Waiting> group = std::exchange(waiting_, {});
    lock.unlock();
    std::vector<keys::Name> names;
    for (const Waiting& one : group) names.push_back(one.name);
    store_->Create(*recorded_, names);
    for (const Waiting& one : group) one.reactor->Finish(grpc::Status::OK);
    lock.lock();
  }
}

}  // namespace headwater::bench
