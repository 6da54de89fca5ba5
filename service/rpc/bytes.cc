#include "rpc/bytes.h"

#include <cstddef>
#include <memory>
#include <utility>

namespace headwater::rpc {
namespace {

// Up to this size a copy into a slice of gRPC's own is cheaper than what handing the string over
// takes: two allocations, and their release on another thread.
constexpr size_t kCopiedBytes = 1024;

grpc::Slice ToSlice(std::string bytes) {
  if (bytes.size() <= kCopiedBytes) return grpc::Slice(bytes.data(), bytes.size());
  auto owned = std::make_unique<std::string>(std::move(bytes));
  grpc::Slice slice(
      owned->data(), owned->size(), [](void* string) { delete static_cast<std::string*>(string); },
      owned.get());
  owned.release();  // the slice's last reference deletes it
  return slice;
}

}  // namespace

FlatBytes::FlatBytes(const grpc::ByteBuffer& buffer) {
  if (!buffer.Valid()) return;  // an empty message may come as no buffer at all
  if (buffer.TrySingleSlice(&slice_).ok()) return;
  buffer.DumpToSingleSlice(&slice_).IgnoreError();  // cannot fail on a valid, uncompressed buffer
}

void MoveInto(std::string bytes, grpc::ByteBuffer* buffer) {
  const grpc::Slice slice = ToSlice(std::move(bytes));
  grpc::ByteBuffer made(&slice, 1);
  buffer->Swap(&made);  // assignment would make another buffer
}

}  // namespace headwater::rpc
