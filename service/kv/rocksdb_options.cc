#include "kv/rocksdb_options.h"

#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <sys/resource.h>

#include <algorithm>
#include <limits>

#include "kv/name_prefix.h"

namespace headwater::kv {
namespace {

constexpr uint64_t kKiB = 1024;
constexpr uint64_t kMiB = 1024 * kKiB;

class NamePrefixTransform final : public rocksdb::SliceTransform {
 public:
  // On disk, in every file's properties: another meaning needs another name, or filters would lie.
  const char* Name() const override { return "headwater.name-prefix.1"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    return rocksdb::Slice(key.data(), Size(key));
  }
  bool InDomain(const rocksdb::Slice& key) const override { return Size(key) != 0; }

 private:
  static size_t Size(const rocksdb::Slice& key) {
    return NamePrefixSize(absl::string_view(key.data(), key.size()));
  }
};

// Half of what the process may open: sockets need the other.
int DefaultOpenFiles() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 512;
  const uint64_t half = std::max<uint64_t>(limit.rlim_cur / 2, 64);
  return static_cast<int>(std::min<uint64_t>(half, std::numeric_limits<int>::max()));
}

// Indexes and filters in partitions of 4 KiB, charged to the block cache and pinned there: RocksDB
// 7.8 reads an index partition that is not in memory from its file whatever tier it was told, so
// that a kCacheOnly read would wait for the disk. They grow with the store, by about 1.3 bytes a
// key for filters and an index entry per block, and may take more than the cache was given.
rocksdb::BlockBasedTableOptions TableOptions(const RocksDbResources& resources) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = resources.block_cache;
  table.format_version = 5;
  table.block_size = 4 * kKiB;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));  // 1 % false answers
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.metadata_block_size = 4 * kKiB;
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_top_level_index_and_filter = true;
  table.metadata_cache_options.partition_pinning = rocksdb::PinningTier::kAll;
  return table;
}

// Fast to read above; the last level, nine tenths of the data, is written rarely and kept small.
void CompressForReading(rocksdb::ColumnFamilyOptions& column) {
  column.compression = rocksdb::kLZ4Compression;
  column.bottommost_compression = rocksdb::kZSTD;
}

void TuneLog(rocksdb::ColumnFamilyOptions& column, rocksdb::BlockBasedTableOptions& table) {
  column.write_buffer_size = 64 * kMiB;
  CompressForReading(column);
  table.block_size = 8 * kKiB;  // some ten entries: zstd finds what they have in common
  table.data_block_index_type = rocksdb::BlockBasedTableOptions::kDataBlockBinaryAndHash;
  // Entries are asked for by sequences that names gave: nearly every one is there, so the last
  // level needs no filter.
  column.optimize_filters_for_hits = true;
}

void TuneVersions(rocksdb::ColumnFamilyOptions& column, rocksdb::BlockBasedTableOptions& table) {
  column.write_buffer_size = 32 * kMiB;
  column.compression =
      rocksdb::kLZ4Compression;  // long common prefixes; decompressed at every miss
  column.prefix_extractor = std::make_shared<const NamePrefixTransform>();
  column.memtable_prefix_bloom_size_ratio = 0.05;
  table.whole_key_filtering = false;  // names, not their versions: a filter entry a name
}

void TuneIndexes(rocksdb::ColumnFamilyOptions& column, rocksdb::BlockBasedTableOptions& table) {
  column.write_buffer_size = 64 * kMiB;  // several rows a change: the most written
  column.compression = rocksdb::kLZ4Compression;
  table.block_size = 8 * kKiB;
  // Mostly read by ranges, which filters cannot help; but the rows that say where a resource's
  // latest revision is are read by point, for each read and write, and a new name must be found
  // absent without reading. Most names that a write refers to stand in files: without a filter of
  // its own a memtable would be searched for each.
  column.memtable_prefix_bloom_size_ratio = 0.02;
  column.memtable_whole_key_filtering = true;
}

// Texts stand in files of their own: a compaction moves their addresses, not them. They come
// compressed. Their cache is the block cache, where they are the first to go.
void TuneBlobs(rocksdb::ColumnFamilyOptions& column, const RocksDbResources& resources) {
  column.write_buffer_size = 32 * kMiB;
  column.compression = rocksdb::kNoCompression;
  column.enable_blob_files = true;
  column.min_blob_size = 4 * kKiB;
  column.blob_file_size = 256 * kMiB;
  column.blob_compression_type = rocksdb::kNoCompression;
  column.enable_blob_garbage_collection = true;
  column.blob_cache = resources.block_cache;
}

void TuneRequests(rocksdb::ColumnFamilyOptions& column) {
  column.write_buffer_size = 16 * kMiB;
  column.compression = rocksdb::kLZ4Compression;
  // Most ids that are looked up are new: let memory say so.
  column.memtable_prefix_bloom_size_ratio = 0.05;
  column.memtable_whole_key_filtering = true;
}

// Heads of terms are read by point and rewritten with nearly every batch; blocks of postings are
// read by runs, and written once. Many heads are looked for that are not there (new words).
void TunePostings(rocksdb::ColumnFamilyOptions& column, rocksdb::BlockBasedTableOptions& table) {
  column.write_buffer_size = 64 * kMiB;  // what is rewritten in it never reaches a file
  CompressForReading(column);
  table.block_size = 8 * kKiB;
  column.memtable_prefix_bloom_size_ratio = 0.02;
  column.memtable_whole_key_filtering = true;
}

}  // namespace

RocksDbResources MakeResources(const RocksDbOptions& options, rocksdb::Env* env) {
  RocksDbResources resources;
  const uint64_t row_bytes = options.block_cache_bytes / 4;
  rocksdb::LRUCacheOptions cache;
  cache.num_shard_bits = options.block_cache_bytes < 64 * kMiB ? 0 : 4;  // a shard must hold blocks
  cache.strict_capacity_limit = false;  // a read never fails for want of cache
  cache.capacity = row_bytes;
  resources.row_cache = rocksdb::NewLRUCache(cache);
  cache.capacity = options.block_cache_bytes - row_bytes;
  cache.high_pri_pool_ratio = 0.5;  // for indexes and filters
  cache.low_pri_pool_ratio = 0.4;   // for rows; texts have the rest to themselves
  resources.block_cache = rocksdb::NewLRUCache(cache);
  resources.memtables = std::make_shared<rocksdb::WriteBufferManager>(options.memtable_bytes);
  resources.env = env;
  return resources;
}

rocksdb::DBOptions MakeDbOptions(const RocksDbOptions& options, const RocksDbResources& resources) {
  rocksdb::DBOptions db;
  db.env = resources.env;
  db.create_if_missing = options.create_if_missing;
  db.create_missing_column_families = true;
  db.write_buffer_manager = resources.memtables;
  // A row read by point is found here by one look instead of those into its filter, its index and
  // its block: half of what a cached get takes. Its entries are a file's, which never changes.
  // A database opened for reading alone does not find again what it has put there.
  if (!options.read_only) db.row_cache = resources.row_cache;
  db.max_open_files = options.max_open_files > 0 ? options.max_open_files : DefaultOpenFiles();
  db.max_background_jobs = 2;  // of two cores, one flush and one compaction
  // The head is written by every commit, so its keyspace would keep every log file: this flushes it
  // in time, and bounds what an opening must replay to some seconds.
  db.max_total_wal_size = 256 * kMiB;
  // Let the kernel write files steadily rather than all at once when they are synced.
  db.bytes_per_sync = kMiB;
  db.wal_bytes_per_sync = 512 * kKiB;
  // What a power cut leaves of unsynced log pages may have holes: end before the first. What was
  // synced lies before them; that no synced log file is missing or short is checked against the
  // manifest.
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  db.track_and_verify_wals_in_manifest = true;
  db.avoid_unnecessary_blocking_io = true;  // readers that let go delete no files
  db.skip_stats_update_on_db_open = true;   // or an opening reads every file
  db.max_log_file_size = 16 * kMiB;         // RocksDB's own LOG
  db.keep_log_file_num = 5;
  return db;
}

rocksdb::ColumnFamilyOptions MakeColumnOptions(Keyspace keyspace,
                                               const RocksDbResources& resources) {
  rocksdb::ColumnFamilyOptions column;
  rocksdb::BlockBasedTableOptions table = TableOptions(resources);
  column.level_compaction_dynamic_level_bytes = true;  // at most some 10 % more than the data
  switch (keyspace) {
    case Keyspace::kMeta:
      column.write_buffer_size = kMiB;
      column.compression = rocksdb::kNoCompression;
      break;
    case Keyspace::kLog:
      TuneLog(column, table);
      break;
    case Keyspace::kNames:
    case Keyspace::kEdges:
    case Keyspace::kStandings:
      TuneVersions(column, table);
      break;
    case Keyspace::kIndexes:
      TuneIndexes(column, table);
      break;
    case Keyspace::kBlobs:
      TuneBlobs(column, resources);
      break;
    case Keyspace::kRequests:
      TuneRequests(column);
      break;
    case Keyspace::kPostings:
      TunePostings(column, table);
      break;
  }
  // Batches are written in the order of their keys: a memtable looks for each key's place from that
  // of the one before.
  column.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
  column.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return column;
}

bool HasPrefixFilter(Keyspace keyspace) {
  return keyspace == Keyspace::kNames || keyspace == Keyspace::kEdges ||
         keyspace == Keyspace::kStandings;
}

}  // namespace headwater::kv
